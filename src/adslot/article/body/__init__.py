"""The element that holds the story: votes for it, doubts about it, landmarks, and a story that a script will show."""
