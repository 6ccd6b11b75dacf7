"""Pictures, as organisers have them on their disks."""

from io import BytesIO
from typing import Any

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
