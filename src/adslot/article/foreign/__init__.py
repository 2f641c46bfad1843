"""What stands in a story and is none of it: ads, teasers and boxes, by their marks and words."""
