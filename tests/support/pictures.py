"""Pictures, as organisers have them on their disks and as phones see them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from wall.core.pictures import redraw


def a_picture(form: str = "PNG", size: tuple[int, int] = (12, 8), mode: str = "RGB", **how: Any) -> bytes:
    """Dark, with a light left half."""
    picture = Image.new(mode, size, "darkgreen")
    picture.paste("white", (0, 0, size[0] // 2, size[1]))
    file = BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


PNG = redraw(a_picture())[1]
"""One that is drawn already as we draw: it stays as it is."""


QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(picture: Image.Image | bytes | Path) -> list[str]:
    """What a phone reads from the QR codes of a picture."""
    if isinstance(picture, bytes):
        picture = Image.open(BytesIO(picture))
    elif isinstance(picture, Path):
        picture = Image.open(picture)
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=QR)]
