"""Fair limits that several servers share, in Redis."""

from redis import Redis
from redis.exceptions import RedisError

from wall.core.limits import Allowances, Policy

# The same rule as core.limits.KeptAllowances, by the clock of Redis; what is whole again is forgotten by itself.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local each, burst = 1 / tonumber(ARGV[1]), tonumber(ARGV[2])
local whole_at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now)) + each
local wait = whole_at - now - burst * each
if wait > 0 then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', whole_at), 'PX', math.ceil((whole_at - now) * 1000))
return '0'
"""


class SharedAllowances(Allowances):
    """When Redis is away, nobody is refused: a pledge matters more than a limit."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._take = self._redis.register_script(_TAKE)

    def take(self, policy: Policy, whose: str) -> float:
        try:
            return float(
                self._take(
                    keys=[f"scribe-wall:{policy.name}:{whose}"], args=[policy.per_second, policy.burst]
                )
            )
        except RedisError:
            return 0
