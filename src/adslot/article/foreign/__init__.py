"""What stands in a story and is none of it: ads, teasers, boxes and what covers the page, by their marks and words."""
