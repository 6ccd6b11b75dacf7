"""All benchmarks, or those named, as the tables of RESULTS.md: `make bench`, `python -m benchmarks frames`."""

import sys

from benchmarks import durable, exporting, feeds, frames, guarding, hostile, memory, queue, watching

ALL = {
    "durable": durable,
    "watching": watching,
    "frames": frames,
    "memory": memory,
    "queue": queue,
    "exporting": exporting,
    "feeds": feeds,
    "guarding": guarding,
    "hostile": hostile,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        print((ALL[name].__doc__ or "").strip(), end="\n\n")
        print(ALL[name].measure(), end="\n\n", flush=True)
