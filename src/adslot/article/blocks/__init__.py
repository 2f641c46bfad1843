"""What an element or a line is to a reader: a block or none by its name, a paragraph, a heading, a caption, a quotation."""
