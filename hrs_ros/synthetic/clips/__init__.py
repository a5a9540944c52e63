"""Short clips with true scenes: scripted people with plates before a moving camera.

The bundled ones use the test split: outfits, hair, skins and surfaces that no training scene shows.
"""
