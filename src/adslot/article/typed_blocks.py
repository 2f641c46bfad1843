"""Typed blocks: what headless stores have instead of HTML, and the article that a list of them is.

The blocks are written as HTML, each as an element of its own, and read as any article is. So the same
story is the same article whatever it is stored as. What a block was said to be, it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import attrs

from adslot.article.draft import PSEUDO_LEVEL, Draft, block_of
from adslot.article.raw import RawBlock
from adslot.article.reading import drafted
from adslot.article.sections import section_numbers, sections_of
from adslot.article.story.labels import LABEL
from adslot.article.survey import survey
from adslot.article.traits import CAPTION, FLOATED
from adslot.article.values import Article, Block, Body, Gap, Manual
from adslot.html.document import parse
from adslot.html.dom import Dom
from adslot.html.fragment import contained, seen_of
from adslot.html.own_slots import strip_parsed
from adslot.html.source import Source
from adslot.html.text import chars_of, visible
from adslot.policy.declarations import ArticleOptions
from adslot.policy.language.anchors import Anchor
from adslot.policy.numbers import are_told, of_type, told
from adslot.policy.policy import Policy
from adslot.roles import COUNTED, MARK, Role

_PART = f"{MARK}-part"
_TAGS = {Role.PARAGRAPH: "p", Role.LIST: "ul", Role.QUOTE: "blockquote", Role.FIGURE: "figure"}


def _role(value: Role | str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise ValueError(f"expected a role, one of {', '.join(Role)}, found {told(value)}") from None


def _is_level(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value not in range(1, 7):
        raise ValueError(f"{attribute.name!r} must be in {range(1, 7)!r} (got {told(value)})")


@attrs.frozen(field_transformer=are_told)
class TypedBlock:
    """A block of a headless store: its *role*, and its *text* or its *html*.

    A heading has a *level*, 1 to 6. *name* is your own word for the type, a class to the selectors of a policy. *floated*
    is a picture beside the text, *caption* a line that belongs to the picture above it, *label* one that belongs to what
    is below it. A `paragraph` is counted as a
    `short-paragraph` or a `pseudo-heading` where it would be one in HTML. Raises ValueError, TypeError.

    >>> TypedBlock("heading", "Was jetzt gilt", level=3).role
    <Role.HEADING: 'heading'>
    """

    role: Role = attrs.field(converter=_role)
    text: str = attrs.field(default="", validator=of_type(str))
    html: str = attrs.field(default="", validator=of_type(str), kw_only=True)
    level: int = attrs.field(default=2, validator=_is_level, kw_only=True)
    name: str = attrs.field(default="", validator=of_type(str), kw_only=True)
    floated: bool = attrs.field(default=False, kw_only=True)
    caption: bool = attrs.field(default=False, kw_only=True)
    label: bool = attrs.field(default=False, kw_only=True)

    @property
    def content(self) -> str:
        """What it holds, as HTML."""
        return self.html or escape(self.text)

    @property
    def traits(self) -> frozenset[str]:
        """Those of `Block.traits`."""
        said = {FLOATED: self.floated, CAPTION: self.caption, LABEL: self.label}
        return frozenset(trait for trait, is_so in said.items() if is_so)


def read_blocks(blocks: Iterable[TypedBlock | Mapping[str, Any]], policy: Policy | None = None) -> Article:
    """The article that a list of typed *blocks* is: values, or mappings of the same names.

    Gap i stands before block i, and may always be used. There is no source: offsets are None. *policy* gives the
    `[article]` options and the selectors that are asked; the anchors of a policy must be asked here. Raises
    ValueError and TypeError for what is no block, with its index.

    >>> story = [{"role": "heading", "text": "Bahn"}, {"role": "paragraph", "html": "Die Züge <i>fahren</i>."}]
    >>> [(block.role.value, block.text) for block in read_blocks(story).blocks]
    [('heading', 'Bahn'), ('short-paragraph', 'Die Züge fahren.')]
    """
    policy = policy or Policy()
    parts = [_typed(index, block) for index, block in enumerate(blocks)]
    return _article_of(parts, policy.article, policy.selectors, policy.anchors)


def _article_of(
    parts: Sequence[TypedBlock], given: ArticleOptions, selectors: Sequence[str], anchors: Sequence[Anchor] = ()
) -> Article:
    html = f"<div {_PART}=all>{''.join(_written(index, part) for index, part in enumerate(parts))}</div>"
    kept = [f"[{_PART}='{index}']" for index, part in enumerate(parts) if not _is_read(part)]
    options = attrs.evolve(given, body=f"[{_PART}=all]", lead=None, atomic=[*given.atomic, *kept])
    source, lifting = strip_parsed(Source.of(html, None), "fragment")
    found = survey(lifting.document, options, selectors, anchors, with_lead=True, is_story=True)
    draft = drafted(source, lifting.document, found)
    return _Assembly(draft, parts, given).article(html)


def _typed(index: int, block: TypedBlock | Mapping[str, Any]) -> TypedBlock:
    """A block as a value. Raises ValueError, TypeError with its index."""
    if isinstance(block, TypedBlock):
        return block
    if not isinstance(block, Mapping):
        raise TypeError(f"blocks[{index}]: expected a TypedBlock or a mapping, found {told(block)}")
    try:
        return TypedBlock(**block)
    except (TypeError, ValueError) as error:
        raise type(error)(f"blocks[{index}]: {error.args[0]}") from error


def _is_read(part: TypedBlock) -> bool:
    """Whether the reader may say what a block is; others are what they were said to be."""
    return part.role in (Role.PARAGRAPH, Role.HEADING)


def _written(index: int, part: TypedBlock) -> str:
    tag = f"h{part.level}" if part.role is Role.HEADING else _TAGS.get(part.role, "div")
    name = f' class="{escape(part.name)}"' if part.name else ""
    return contained(part.content, f'<{tag} {_PART}="{index}"{name}>', tag)


class _Assembly:
    """Makes an article of a draft of the written blocks: one block for each of the *parts*, in their order."""

    def __init__(self, draft: Draft, parts: Sequence[TypedBlock], options: ArticleOptions) -> None:
        self.draft, self.parts, self.options = draft, parts, options
        self.part_of = [_part_of(draft.dom, piece) for piece in draft.blocks]
        pieces: dict[int, list[RawBlock]] = {}
        for part, piece in zip(self.part_of, draft.blocks, strict=True):
            pieces.setdefault(part, []).append(piece)
        self.blocks = tuple(self._block(part, pieces.get(index, [])) for index, part in enumerate(parts))

    def article(self, html: str) -> Article:
        """The article; *html* is what it was read from, for later questions."""
        draft, blocks = self.draft, self.blocks
        last = len(blocks)
        gaps = tuple(
            Gap(
                index=index,
                offset=None,
                above=index - 1 if index else None,
                below=index if index < last else None,
                section=section,
                slot_offset=None,
            )
            for index, section in enumerate(section_numbers(blocks))
        )
        return Article(
            blocks,
            sections_of(blocks),
            gaps,
            body=Body("", "blocks"),
            language=self.options.language,
            source=None,
            encoding=None,
            is_page=False,
            options=self.options,
            lead=None if draft.lead is None else self._gap(draft.lead),
            manual=tuple(Manual(manual.name, self._gap(manual.gap)) for manual in draft.manual),
            none=draft.none,
            ids=draft.ids,
            matches={css: self._parts(found) for css, found in draft.matches.items()},
            enclosed=draft.found.enclosed,
            anchors={
                key: found if not isinstance(found, tuple) else self._gaps(found, key[0].partition(" ")[0])
                for key, found in draft.anchors.items()
            },
            links=draft.links,
            reader=_BlocksReader(html, self.parts),
        )

    def _block(self, part: TypedBlock, pieces: Sequence[RawBlock]) -> Block:
        """One block of what was found of a part: what it was said to be, and what is to be seen of all of it."""
        if len(pieces) == 1 and _is_read(part):
            found = block_of(self.draft.dom, pieces[0], None)
            return attrs.evolve(found, chars=0 if part.caption else found.chars, traits=found.traits | part.traits)
        text = " ".join(piece.text for piece in pieces) if pieces else visible(seen_of(part.content).text)
        role = part.role if text or part.role is not Role.PARAGRAPH else Role.SHORT_PARAGRAPH
        level = part.level if role is Role.HEADING else PSEUDO_LEVEL if role is Role.PSEUDO_HEADING else 0
        traits = part.traits.union(*(piece.traits for piece in pieces))
        chars = chars_of(text) if role in COUNTED and CAPTION not in traits else 0
        return Block(role, "", level, text, None, chars, traits)

    def _parts(self, blocks: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({self.part_of[block] for block in blocks}))

    def _gap(self, gap: int) -> int:
        """A gap between the blocks that were read as one between parts: above the part that it stands in or before."""
        return self.part_of[gap] if gap < len(self.part_of) else len(self.parts)

    def _gaps(self, gaps: Iterable[int], where: str) -> tuple[int, ...]:
        found = {self.part_of[gap - 1] + 1 if where == "after" else self.part_of[gap] for gap in gaps}
        return tuple(sorted(found))


def _part_of(dom: Dom, piece: RawBlock) -> int:
    """The number of the part that a piece was read from."""
    elements = (node for node in dom.upwards(piece.nodes[0]) if dom.tag(node)[0] != "#")
    said = (dom.attribute(node, _PART) for node in elements)
    return int(next(filter(str.isdecimal, said), "0"))


@attrs.frozen
class _BlocksReader:
    """Answers later questions to an article of blocks."""

    html: str
    parts: Sequence[TypedBlock]

    def matching(self, article: Article, css: str) -> tuple[int, ...]:
        """The blocks that a selector matches, by reading them again."""
        return _article_of(self.parts, article.options, [css]).matches[css]

    def tree(self, article: Article) -> Any:  # noqa: ARG002  # what other readers need
        """The blocks as an lxml element."""
        return parse(self.html, "fragment").to_lxml()
