"""pyarrow, which is an extra: who lacks it is told how to get it."""

from adslot.errors import MissingExtraError

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:
    raise MissingExtraError("arrow", "Arrow and Parquet") from error

__all__ = ["pa", "pq"]
