"""Reports: a plan and an article in words, for terminals, logs and programs: the map, the full table, the sheet, the outline."""
