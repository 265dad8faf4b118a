"""How large a picture is, read from its first bytes; knows PNG, JPEG, GIF and WebP."""

import struct

JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def measure(data: bytes) -> tuple[int, int, str] | None:
    """Width, height in pixels and the media type; None when this is no picture we know."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return *struct.unpack(">II", data[16:24]), "image/png"
        if data.startswith(b"\xff\xd8"):
            return *_jpeg(data), "image/jpeg"
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return *struct.unpack("<HH", data[6:10]), "image/gif"
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return *_webp(data), "image/webp"
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(data: bytes) -> tuple[int, int]:
    """Hop from marker to marker until a start of frame."""
    place = 2
    while data[place + 1] not in JPEG_FRAMES:
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    height, width = struct.unpack(">HH", data[place + 5 : place + 9])
    return width, height


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return _three(data, 24) + 1, _three(data, 27) + 1
    if kind == b"VP8L":
        bits = int(struct.unpack("<I", data[21:25])[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _three(data: bytes, place: int) -> int:
    return data[place] | data[place + 1] << 8 | data[place + 2] << 16
