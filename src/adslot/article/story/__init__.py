"""What blocks are to a reader who sees them together: the lead, subheads, labels, one block in pieces, and the ends of the story."""
