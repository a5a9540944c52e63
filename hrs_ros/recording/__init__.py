"""Recordings through the perception core: videos, pictures and bags in; scenes, relations and films out."""
