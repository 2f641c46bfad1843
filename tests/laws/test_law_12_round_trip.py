"""Law 12. `loads(dumps(policy)) == policy`; whatever the JSON Schema refuses the reader refuses."""

from __future__ import annotations

import json

from hypothesis import given

from adslot import dumps, from_mapping, loads, to_mapping
from tests.strategies import every_policy


@given(every_policy())
def test_a_policy_survives_being_written(policy):
    """As TOML, as a mapping and as JSON; and it is written the same again."""
    text = dumps(policy)
    assert loads(text) == policy
    assert dumps(loads(text)) == text
    assert from_mapping(to_mapping(policy)) == policy
    assert from_mapping(json.loads(json.dumps(to_mapping(policy)))) == policy
