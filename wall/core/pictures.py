"""A picture from somebody's disk is decoded and drawn anew: what it was made of, where and when, is gone."""

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from wall.core.errors import BadInput
from wall.core.words import N_, Words

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES = 300_000
MOST_PIXELS = 16_000_000
"""More than a phone's camera takes; decoding so many costs 64 MB for a moment."""
LONGEST_SIDE = 1_200
"""As large as the largest wall shows a logo."""
KINDS = ("image/png", "image/jpeg", "image/webp")

_FORMATS = ("PNG", "JPEG", "WEBP")
_TOO_LARGE = N_("The logo must be smaller than {most} kB.", most=LARGEST_BYTES // 1000)
_NO_PICTURE = N_("The logo must be a PNG, JPEG or WebP file.")
_TOO_MANY_PIXELS = N_("This picture has more than 16 million pixels. Choose a smaller one.")
_BROKEN = N_("This picture is damaged or incomplete. Choose another.")


@dataclass(frozen=True, slots=True)
class Logo:
    """An event's picture, drawn anew, with its media type; both empty where it has none."""

    kind: str = ""
    picture: bytes = b""


def redraw(picture: bytes) -> tuple[str, bytes]:
    """Its media type, and the picture: upright, without anything but pixels, not too large, the first of several.

    It costs up to a second: call it off the loop. Raises BadInput.
    """
    if len(picture) > LARGEST_BYTES:
        raise _refused(_TOO_LARGE)
    decoded, is_photo = _decode(picture)
    while True:
        for kind, drawn in _encodings(decoded, is_photo=is_photo):
            if len(drawn) <= LARGEST_BYTES:
                return kind, drawn
        decoded = decoded.resize((max(1, decoded.width * 2 // 3), max(1, decoded.height * 2 // 3)))


def name_of(picture: bytes) -> str:
    """A name that changes with the picture."""
    return hashlib.sha256(picture).hexdigest()[:12]


def _decode(picture: bytes) -> "tuple[Image, bool]":
    """The pixels, and whether they were stored as a photo is. Raises BadInput."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # seldom needed, slow to load

    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
    try:
        with Image.open(BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _refused(_TOO_MANY_PIXELS)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a photo need not be decoded in full
            is_photo = opened.format not in ("PNG", "WEBP")
            see_through = opened.has_transparency_data
            upright = ImageOps.exif_transpose(opened).convert("RGBA" if see_through else "RGB")
    except (BadInput, Image.DecompressionBombError) as error:
        raise _refused(_TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise _refused(_NO_PICTURE) from error
    except Exception as error:  # whatever a decoder says of bytes that are none of its own
        raise _refused(_BROKEN) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()
    return upright, is_photo


def _encodings(picture: "Image", *, is_photo: bool) -> Iterator[tuple[str, bytes]]:
    """The forms that it could have, the best first."""
    if not is_photo:
        yield "image/png", _saved(picture, "PNG", optimize=True)
    if picture.mode == "RGB":
        yield "image/jpeg", _saved(picture, "JPEG", quality=88)
    else:
        yield "image/webp", _saved(picture, "WEBP", quality=85)


def _saved(picture: "Image", form: str, **how: int) -> bytes:
    file = BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def _refused(words: Words) -> BadInput:
    return BadInput(fields={"logo": words})
