"""Fair limits that several servers share, in Redis."""

import time

from wall.core.server.circuit_breaker import CircuitBreaker
from wall.limits.allowances import Allowances, Claim
from wall.store.redis_client import RedisError, open_redis

# The same rule as limits.allowances.AllowancesInMemory, by the clock of Redis; what is whole again is forgotten by itself.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local whole, longest = {}, 0
for i, key in ipairs(KEYS) do
  local each, burst = 1 / tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  whole[i] = math.max(now, tonumber(redis.call('GET', key) or now)) + each
  longest = math.max(longest, whole[i] - now - burst * each)
end
if longest > 0 then return tostring(longest) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.6f', whole[i]), 'PX', math.ceil((whole[i] - now) * 1000))
end
return '0'
"""


class AllowancesInRedis(Allowances):
    """When Redis is away, nobody is refused: a pledge matters more than a limit. Nor does anybody wait for it."""

    def __init__(self, url: str) -> None:
        self._breaker = CircuitBreaker(time.monotonic)
        self._redis = open_redis(url)
        self._take = self._redis.register_script(_TAKE)

    def take(self, *claims: Claim) -> float:
        if not self._breaker.may_ask():
            return 0
        try:
            wait = float(
                self._take(
                    keys=[f"scribe-wall:{policy.name}:{whose}" for policy, whose in claims],
                    args=[number for policy, _ in claims for number in (policy.per_second, policy.burst)],
                )
            )
        except RedisError:
            self._breaker.failed()
            return 0
        self._breaker.worked()
        return wait
