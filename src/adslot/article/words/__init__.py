"""What pages say, by language, and what class names and ids say: how it is spelled, and what it tells of a line."""
