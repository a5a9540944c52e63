"""People: bodies, what they wear, how they are posed, and hands that close on things."""
