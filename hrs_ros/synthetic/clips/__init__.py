"""Short clips with true scenes: scripted people with plates before a moving camera.

Clips use the test split: outfits, hair, skins and surfaces that no training scene shows.
"""
