"""Many articles: worker processes, a journal of what is done, rows and columns of tables."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adslot.batch.columns import place_batch as place_batch  # public


def __getattr__(name: str) -> object:
    """`place_batch`, when it is asked for: it needs pyarrow, which is an extra."""
    if name == "place_batch":
        from adslot.batch.columns import place_batch  # noqa: PLC0415

        return place_batch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
