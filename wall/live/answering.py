"""Every message gets an answer: what was asked for, or the contract's error."""

import functools
import logging
from collections.abc import Callable
from typing import Any

from wall.core.errors import ServerError, WallError
from wall.live.json_codec import Fragment

Answer = dict[str, Any] | Fragment

log = logging.getLogger(__name__)


def answered(handle: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a handler raise; the screen that asked gets the error, and no other screen notices."""

    @functools.wraps(handle)
    def answer(*sent: Any) -> Answer:
        try:
            return handle(*sent)
        except WallError as error:
            return error.as_json()
        except Exception:
            log.exception("answering a screen failed")
            return ServerError().as_json()

    return answer
