"""What the blocks of a body are to its reader, seen together: lead, subheads, labels, and what is none of the story's at both ends."""
