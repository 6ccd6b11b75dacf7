"""Servers that share a Redis hint to each other that something was committed. It saves them a second, and no more than that.

Whoever hears a hint looks into the database; no event's content ever goes through Redis.
"""

import logging
import secrets
import time
from collections.abc import Callable
from threading import Event

from wall.core.server.background import Background
from wall.core.server.circuit_breaker import REST_SECONDS, CircuitBreaker
from wall.store.redis_client import Heard, RedisError, open_redis

CHANNEL = "scribe-wall:moved"
SIGN_OF_LIFE_SECONDS = 3.0
"""Each server hints to itself as often: what comes round says that Redis carries."""
SILENT_AFTER_SECONDS = 10.0

log = logging.getLogger(__name__)


class RedisHints:
    """Given and heard in threads of their own; nobody waits for them."""

    def __init__(self, url: str, on_hint: Callable[[], None], background: Background) -> None:
        """`on_hint` is called when another server has given one."""
        self._url = url
        self._on_hint = on_hint
        self._me = secrets.token_hex(8).encode()
        self._due = Event()
        self._last_arrival = time.monotonic()
        self._breaker = CircuitBreaker(time.monotonic)
        self._background = background
        background.start(self._publish_when_asked, "hints-published", wake=self._due.set)
        background.start(self._listen_always, "hints-heard")

    def publish(self) -> None:
        """Hint to the others that something was committed here."""
        self._due.set()

    @property
    def are_arriving(self) -> bool:
        """Whether servers hear each other by them just now."""
        return time.monotonic() - self._last_arrival < SILENT_AFTER_SECONDS

    def _publish_when_asked(self) -> None:
        redis = open_redis(self._url)
        while not self._background.over:
            self._due.wait(SIGN_OF_LIFE_SECONDS)
            self._due.clear()
            if not self._breaker.may_ask():
                continue
            try:
                redis.publish(CHANNEL, self._me)
                self._breaker.worked()
            except RedisError:
                self._breaker.failed()

    def _listen_always(self) -> None:
        silent_before = False
        while not self._background.over:
            try:
                with open_redis(self._url) as redis, redis.pubsub() as heard:
                    heard.subscribe(CHANNEL)
                    self._on_hint()  # what was missed
                    self._listen(heard)
            except (RedisError, OSError):
                pass
            if not self.are_arriving and not silent_before:
                log.warning(
                    "Redis does not carry; servers find each other's changes within a second all the same"
                )
            silent_before = not self.are_arriving
            self._background.rest(1)

    def _listen(self, heard: Heard) -> None:
        """Until nothing comes round any more, not even from ourselves."""
        began = time.monotonic()
        while time.monotonic() - max(began, self._last_arrival) < SILENT_AFTER_SECONDS + REST_SECONDS:
            message = heard.get_message(timeout=SIGN_OF_LIFE_SECONDS)
            if not message or message["type"] != "message":
                continue
            if message["data"] == self._me:
                self._last_arrival = time.monotonic()
            else:
                self._on_hint()
