"""Answers that were encoded once: compressed once for each way of compressing, and not sent at all to who has them already."""

from flask import Response, request

from wall.core.server.encoded import Encoded
from wall.web.kit.compression import COMPRESSORS
from wall.web.kit.context import current_parts

SMALLEST_COMPRESSED = 500


def send_encoded(answer: Encoded, mimetype: str = "application/json", *, cacheable: bool = True) -> Response:
    """Answer the current request; a reader whose copy is still right hears that alone.

    A browser may store a copy (`cacheable`), but asks each time whether it is right: what was hidden is gone at once.
    """
    coding = _coding(answer)
    tag = f"{answer.tag}-{coding}" if coding else answer.tag
    if cacheable and request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        body = current_parts().compression.compressed(answer, coding) if coding else answer.body
        response = Response(body, mimetype=mimetype)
        if coding:
            response.headers["Content-Encoding"] = coding
    if cacheable:
        response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache" if cacheable else "no-store"
    response.vary.add("Accept-Encoding")
    return response


def _coding(answer: Encoded) -> str | None:
    if len(answer.body) < SMALLEST_COMPRESSED or not request.accept_encodings:
        return None
    return request.accept_encodings.best_match(COMPRESSORS)
