"""What a page tells: the body of its story, blocks, sections, gaps, and what on it is not the story."""
