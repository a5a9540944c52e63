"""HRS: which person's which body part does what to which thing, pixel by pixel, in real time."""

__version__ = "0.1.0"
