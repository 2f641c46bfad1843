"""What a publisher declares."""
