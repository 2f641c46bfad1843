"""The preview: a page to look at, on which articles are shown with their slots, their gaps, and the reasons of each."""
