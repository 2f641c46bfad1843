from hypothesis import settings, Phase, given, strategies as st
from tests import strategies
from adslot import check, place
from tests.laws.test_law_05_legal import RELATED
import collections
C=collections.Counter()
@settings(max_examples=5000, deadline=None, phases=(Phase.generate,),database=None,derandomize=False)
@given(strategies.articles, strategies.whole_policies(), st.integers(0, 3))
def test_w(text,policy,items):
    C["n"]+=1
    for sp in policy.spacing:
        if sp.from_count>1 and {"lead","start"} & {t.name for t in (*sp.above,*sp.below)}: return
    try: r=place(text, policy, related=RELATED[:items])
    except (KeyError,ValueError) as e:
        C[repr(e)]+=1; return
    C["placed"]+=len(r.plan.placements)
    e=[f for f in check(r.html,policy) if f.severity=="error"]
    for p in r.plan.placements:
        if p.anchor: C[p.anchor]+=1
    assert not e,(e,r.plan.placements,r.html)
def test_z(): print(C)
