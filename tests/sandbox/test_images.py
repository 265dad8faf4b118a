"""Sizes of pictures from their first bytes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.images import measure
from tests.sandbox.conftest import png

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08") + struct.pack(
    ">HH", 30, 40
)
VP8X = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + bytes([9, 1, 0, 19, 0, 0])
VP8L = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 11 | 21 << 14)
VP8 = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0" + b"\0" * 6 + struct.pack("<HH", 50, 60)


@pytest.mark.parametrize(
    ("data", "measured"),
    [
        (png(3, 2), (3, 2, "image/png")),
        (JPEG, (40, 30, "image/jpeg")),
        (b"GIF89a" + struct.pack("<HH", 7, 8), (7, 8, "image/gif")),
        (VP8X, (266, 20, "image/webp")),
        (VP8L, (12, 22, "image/webp")),
        (VP8, (50, 60, "image/webp")),
        (b"%PDF-1.7", None),
        (b"\xff\xd8", None),
    ],
)
def test_size_and_type_are_read_from_the_first_bytes(
    data: bytes, measured: tuple[int, int, str] | None
) -> None:
    assert measure(data) == measured


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"GIF87a", b"RIFF1234WEBP"]), st.binary()
)
def test_broken_pictures_are_no_pictures_but_no_failure_either(head: bytes, rest: bytes) -> None:
    measured = measure(head + rest)
    assert measured is None or len(measured) == 3
