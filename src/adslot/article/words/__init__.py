"""What a line is by its words, whatever its language and spelling, and an element by the words of its class and id."""
