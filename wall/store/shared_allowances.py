"""Fair limits that several servers share, in Redis."""

from redis import Redis
from redis.exceptions import RedisError

from wall.core.limits import Allowances, Claim

# The same rule as core.limits.KeptAllowances, by the clock of Redis; what is whole again is forgotten by itself.
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


class SharedAllowances(Allowances):
    """When Redis is away, nobody is refused: a pledge matters more than a limit."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._take = self._redis.register_script(_TAKE)

    def take(self, *claims: Claim) -> float:
        try:
            return float(
                self._take(
                    keys=[f"scribe-wall:{policy.name}:{whose}" for policy, whose in claims],
                    args=[number for policy, _ in claims for number in (policy.per_second, policy.burst)],
                )
            )
        except RedisError:
            return 0
