"""Width and height of a JPEG or PNG from its first bytes: known before a decoder takes memory for it."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# Start-of-frame markers carry the size; C4, C8 and CC of that range are other things (ITU T.81, table B.1).
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})  # TEM, RST0-7 and SOI stand alone
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


def compressed_size(data: memoryview) -> tuple[int, int] | None:
    """(width, height) in pixels; None for what is no JPEG or PNG, or ends before its size."""
    if data[: len(_PNG)] == _PNG:
        return _png_size(data)
    if data[: len(_JPEG)] == _JPEG:
        return _jpeg_size(data)
    return None


def _png_size(data: memoryview) -> tuple[int, int] | None:
    """The header chunk comes first: length, "IHDR", width, height."""
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: memoryview) -> tuple[int, int] | None:
    """Walks from segment to segment up to the first frame header."""
    place = len(_JPEG)
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF or marker in _WITHOUT_LENGTH:  # 0xFF: fill byte before a marker
            place += 1 if marker == 0xFF else 2
            continue
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return None
        if marker in _START_OF_FRAME:
            if place + 9 > len(data):
                return None
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        if length < 2:
            return None
        place += 2 + length
    return None
