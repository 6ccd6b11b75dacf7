"""A picture from somebody's disk is drawn anew: nothing of it is kept but what can be seen."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tests.support.pictures import PNG, a_picture
from wall.core.errors import BadInput
from wall.core.pictures import LARGEST_BYTES, LONGEST_SIDE, redraw


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def with_a_place(orientation: int = 1) -> bytes:
    """A photo that says where it was taken, by whom, and which way up it is."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Maria"
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture("JPEG", exif=exif, icc_profile=b"a profile", comment=b"on the ward")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_every_kind_that_we_offer_is_drawn_anew_and_looks_the_same(form: str) -> None:
    kind, drawn = redraw(a_picture(form))
    shown = opened(drawn).convert("RGB")
    assert kind in ("image/png", "image/jpeg")
    assert shown.size == (12, 8)
    assert [sum(shown.getpixel(at)) // 3 for at in ((1, 4), (10, 4))] == pytest.approx([255, 33], abs=9)  # type: ignore[arg-type]


def test_where_when_and_by_whom_is_gone() -> None:
    photo = with_a_place()
    assert b"Maria" in photo
    kind, drawn = redraw(photo)
    assert kind == "image/jpeg"
    for trace in (b"Maria", b"Exif", b"a profile", b"on the ward"):
        assert trace not in drawn
    told = redraw(a_picture("PNG", icc_profile=b"a profile"))[1]
    assert b"iCCP" not in told


def test_what_lies_on_its_side_is_turned_upright() -> None:
    assert opened(redraw(with_a_place(6))[1]).size == (8, 12)


def test_of_moving_pictures_the_first_is_kept() -> None:
    file = BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    drawn = opened(redraw(file.getvalue())[1])
    assert getattr(drawn, "n_frames", 1) == 1
    assert drawn.convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_what_can_be_seen_through_stays_so() -> None:
    kind, drawn = redraw(a_picture("PNG", mode="RGBA"))
    assert (kind, opened(drawn).mode) == ("image/png", "RGBA")


def test_a_picture_larger_than_any_wall_is_made_smaller() -> None:
    assert opened(redraw(a_picture("PNG", size=(3_000, 1_500)))[1]).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_picture_that_grows_when_it_is_drawn_stays_small_enough() -> None:
    noisy = Image.effect_noise((900, 900), 90).convert("RGBA")
    noisy.putalpha(128)
    file = BytesIO()
    noisy.save(file, "WEBP", quality=5)
    assert len(file.getvalue()) <= LARGEST_BYTES
    kind, drawn = redraw(file.getvalue())
    assert (kind, len(drawn) <= LARGEST_BYTES) == ("image/webp", True)


def a_bomb(width: int = 40_000, height: int = 40_000) -> bytes:
    """A small file that says it is so many pixels wide and high."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        PNG[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
    )


NONE_OF_OURS = {
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "PNG in name alone": b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>",
    "nothing": b"",
    "GIF": a_picture("GIF"),
    "TIFF": a_picture("TIFF"),
    "half a PNG": a_picture("PNG", size=(300, 300))[:150],
    "half a JPEG": a_picture("JPEG", size=(300, 300))[:-400],
    "half a WebP": a_picture("WEBP", size=(300, 300))[:-60],
    "a bomb": a_bomb(),
    "more pixels than a phone takes": a_bomb(4_001, 4_000),
    "too large": PNG + bytes(LARGEST_BYTES),
}


@pytest.mark.parametrize("what", NONE_OF_OURS)
def test_what_is_no_whole_picture_is_refused(what: str) -> None:
    with pytest.raises(BadInput) as refused:
        redraw(NONE_OF_OURS[what])
    assert list(refused.value.fields) == ["logo"]


def test_what_hangs_on_a_picture_does_not_come_along() -> None:
    assert b"<script>" not in redraw(PNG + b"<script>alert(1)</script>")[1]


@pytest.mark.parametrize("side", [4_001, 40_000])
def test_pixels_are_counted_before_they_are_decoded(side: int) -> None:
    with pytest.raises(BadInput) as refused:
        redraw(a_bomb(side, 4_000))
    assert "more than 16 million pixels" in str(refused.value.fields["logo"])
