"""Redis, asked once and not for long: whatever it does for us can be done without."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.client import PubSub as Heard
from redis.exceptions import RedisError
from redis.retry import Retry

__all__ = ["Heard", "Redis", "RedisError", "open_redis"]

TIMEOUT_SECONDS = 0.5


def open_redis(url: str) -> Redis:
    """A connection that is made when it is first used, and waits for nobody long."""
    return Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
