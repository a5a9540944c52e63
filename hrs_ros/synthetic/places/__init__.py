"""Where scenes happen: rooms, streets, meadows, beaches."""
