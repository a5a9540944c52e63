"""Scene recipes: what people do, with what, where, and which relations are true."""
