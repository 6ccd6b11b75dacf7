"""How much is tried: a little each time the tests run, always the same; far more, and always something new, with `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

_asked = os.environ.get("FUZZ_TRIES")
A_LOT = _asked is not None

MANY = settings(
    max_examples=int(_asked or 25),
    derandomize=not A_LOT,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
