"""Write what is made from the code: stubs, the schema of policies, parts of the reference, and its drawings.

Run it from the project's root: make generate, or python -m tools.generate
"""

from __future__ import annotations

from pathlib import Path

import adslot
from adslot.guards import GUARDS
from adslot.policy.file.schema import schema_text
from tools import drawings, house, pages, stub

ROOT = Path(__file__).parents[1]
PACKAGE = Path(adslot.__file__ or "").parent
REFERENCE = ROOT / "docs" / "reference"
OWN_MARKUP = ROOT / "docs" / "how-to" / "write-your-own-slot-markup.md"
GUARD_PAGES = REFERENCE / "guards"
IMAGES = ROOT / "docs" / "images"


def files() -> dict[Path, str]:
    """Every file that is made, in whole or in part, with the text that it must have."""
    made = {
        PACKAGE / "__init__.pyi": stub.package(),
        PACKAGE / "policy" / "switches.pyi": stub.switches(),
        REFERENCE / "adslot.schema.json": schema_text(),
        REFERENCE / "policy.md": pages.policy(_text(REFERENCE / "policy.md")),
        REFERENCE / "articles.md": pages.codes(_text(REFERENCE / "articles.md")),
        REFERENCE / "checks.md": pages.codes(_text(REFERENCE / "checks.md")),
        REFERENCE / "related.md": pages.codes(_text(REFERENCE / "related.md")),
        REFERENCE / "refusals.md": pages.refusals(_text(REFERENCE / "refusals.md")),
        REFERENCE / "command-line.md": pages.commands(_text(REFERENCE / "command-line.md")),
        REFERENCE / "templates.md": pages.templates(_text(REFERENCE / "templates.md")),
        OWN_MARKUP: pages.template_names(_text(OWN_MARKUP)),
        REFERENCE / "presets.md": pages.preset_list(_text(REFERENCE / "presets.md")),
        REFERENCE / "labels.md": pages.labels(_text(REFERENCE / "labels.md")),
        REFERENCE / "words-of-pages.md": pages.words(_text(REFERENCE / "words-of-pages.md")),
        house.PAGE: house.architecture(_text(house.PAGE)),
        GUARD_PAGES / "index.md": pages.guards(_text(GUARD_PAGES / "index.md")),
    }
    for guard in GUARDS.values():
        path = GUARD_PAGES / f"{guard.name}.md"
        made[path] = pages.guard(_text(path) if path.exists() else "", guard)
    return made | {IMAGES / name: text for name, text in drawings.files()}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    for file, text in files().items():
        if not file.exists() or _text(file) != text:
            file.write_text(text, encoding="utf-8")
            print(file)
