"""What an element or a line is to a reader: by its name a block or none, a paragraph, a heading, a caption, a quotation."""
