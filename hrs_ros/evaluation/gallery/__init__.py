"""One page of labelled pictures for people to judge."""
