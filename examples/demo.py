"""Fill the example page, show its layout before and after, write it to build/demo/nachtzug.html and its preview beside it.

Run it with `make demo`. It uses nothing but the public names of adslot, its command line and the standard library.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import adslot

EXAMPLES = Path(__file__).resolve().parent
ROOT = EXAMPLES.parent
OUTPUT = ROOT / "build" / "demo"

WIDTH = 100
COLUMN = WIDTH // 2 - 1
KIND_WIDTH, CHARS_WIDTH = 15, 4
COLOURS = {"ad": "33", "teaser": "36", "promo": "35"}

# Read the page from the breadcrumb on, the article's header too: not to place slots, only to list what stands there.
WHOLE_PAGE = adslot.Policy(article=adslot.ArticleOptions(body="main", open="article > header"))


def main() -> int:
    page = (EXAMPLES / "nachtzug.html").read_bytes()
    policy = adslot.load(EXAMPLES / "nachtzug.toml")

    result = adslot.place(page, policy, related=load_related(EXAMPLES / "nachtzug.related.json"))
    is_lossless = adslot.strip(result.html) == page

    show_layout(adslot.read(page, WHOLE_PAGE).blocks, result.plan)
    written = write_page(result.html)
    print()
    print(f"{len(result.plan.placements)} slots, {len(result.html) - len(page)} bytes inserted into {len(page)}.")
    print(f"The slots taken out again, the page is the input, byte for byte: {'yes' if is_lossless else 'NO'}.")
    print(f"Written to {written.relative_to(ROOT).as_posix()}")
    print(f"Every gap with its reasons: {write_preview().relative_to(ROOT).as_posix()}")
    return 0 if is_lossless else 1


def load_related(path: Path) -> list[adslot.Related]:
    """The articles that teasers may show."""
    return [adslot.Related(item["title"], item["url"]) for item in json.loads(path.read_text(encoding="utf-8"))]


def write_page(html: bytes) -> Path:
    """Write the filled page, its stylesheet beside it."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(EXAMPLES / "landbote.css", OUTPUT / "landbote.css")
    path = OUTPUT / "nachtzug.html"
    path.write_bytes(html)
    return path


def write_preview() -> Path:
    """Write the page to look at, on which every gap tells why there is no slot."""
    path = OUTPUT / "preview.html"
    named = {"--policy": "nachtzug.toml", "--related": "nachtzug.related.json"}
    options = [part for option, name in named.items() for part in (option, f"{EXAMPLES.name}/{name}")]
    command = [sys.executable, "-m", "adslot", "preview", f"{EXAMPLES.name}/nachtzug.html", *options, "-o", str(path)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # our own command, and arguments from above
    return path


def show_layout(blocks: Sequence[adslot.Block], plan: adslot.Plan) -> None:
    """Print the blocks of the page on the left, the same with the slots between them on the right."""
    print(f"{'BEFORE':{COLUMN}}  AFTER")
    for block, placement in in_order(blocks, plan.placements):
        if placement is not None:
            kind = plan.policy.slot(placement.slot).kind
            print(f"{'':{COLUMN}}  {coloured(slot_line(kind, placement, plan.policy), COLOURS[kind])}")
        elif block is not None:
            line = block_line(block)
            print(f"{line:{COLUMN}}  {line}".rstrip())


def in_order(
    blocks: Sequence[adslot.Block], placements: Sequence[adslot.Placement]
) -> Iterator[tuple[adslot.Block | None, adslot.Placement | None]]:
    """Blocks and placements as they follow each other on the page, one of the two at a time."""
    waiting = list(placements)
    for block in blocks:
        while waiting and (waiting[0].offset or 0) <= (block.span or (0, 0))[0]:
            yield None, waiting.pop(0)
        yield block, None
    yield from ((None, placement) for placement in waiting)


def block_line(block: adslot.Block) -> str:
    """What a block is, how many characters it has, its first words."""
    kind = block.tag if block.role is adslot.Role.BOX else f"{block.role} {block.level or ''}".strip()
    return line_of(f"  {kind}", str(block.chars or ""), block.text)


def slot_line(kind: str, placement: adslot.Placement, policy: adslot.Policy) -> str:
    """The kind of a slot and its rule or, for a teaser, the article that it shows."""
    label = policy.slot(placement.slot).label
    said = f"{label}: {placement.item.title}" if placement.item else label or placement.slot
    return line_of(f"+ {kind}", "", said if placement.item else f"{said} (rule {placement.rule})")


def line_of(kind: str, chars: str, text: str) -> str:
    line = f"{kind:{KIND_WIDTH + 2}} {chars:>{CHARS_WIDTH}}  {text}"
    return line if len(line) <= COLUMN else line[: COLUMN - 1].rstrip() + "…"


def coloured(text: str, colour: str) -> str:
    """*text* in colour on a terminal that wants it, else as it is."""
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"\033[1;{colour}m{text}\033[0m" if wanted else text


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal without umlauts is no reason to fail
    sys.exit(main())
