"""A folder as an archive: filled by several processes, and gone on with where a run has ended."""
