"""How much is tried: a little each time the tests run, always the same; far more, and always something new, with `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

_asked = os.environ.get("FUZZ_TRIES")

MANY = settings(
    max_examples=int(_asked or 25),
    derandomize=_asked is None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
