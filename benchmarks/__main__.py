"""All benchmarks, or those named, as the tables of RESULTS.md: `make bench`, `python -m benchmarks frames`, `python -m benchmarks hall 1000`."""

import sys
from collections.abc import Iterator

from benchmarks import (
    durable,
    exporting,
    feeds,
    frames,
    guarding,
    hall,
    hostile,
    memory,
    peer,
    queue,
    watching,
)

ALL = {
    "durable": durable,
    "peer": peer,
    "watching": watching,
    "hall": hall,
    "frames": frames,
    "memory": memory,
    "queue": queue,
    "exporting": exporting,
    "feeds": feeds,
    "guarding": guarding,
    "hostile": hostile,
}

DETAILS = ("--", *"123456789")
"""How what belongs to the benchmark before it begins: `hall 1000 --follow=poll`."""


def main(arguments: list[str]) -> None:
    if "--help" in arguments:
        for name, benchmark in ALL.items():
            print(f"{name:10} {(benchmark.__doc__ or '').strip().splitlines()[0]}")
        return
    for name, details in asked(arguments or list(ALL)):
        print((ALL[name].__doc__ or "").strip(), end="\n\n")
        print(ALL[name].measure(*details), end="\n\n", flush=True)


def asked(arguments: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each benchmark that is named, with what its name is followed by."""
    names = [place for place, argument in enumerate(arguments) if not argument.startswith(DETAILS)]
    for place, after in zip(names, [*names[1:], len(arguments)], strict=True):
        yield arguments[place], arguments[place + 1 : after]


if __name__ == "__main__":
    main(sys.argv[1:])
