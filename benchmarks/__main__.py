"""All benchmarks, as the tables of RESULTS.md: `make bench`."""

from benchmarks import durable, frames, memory, watching

if __name__ == "__main__":
    for one in (durable, watching, frames, memory):
        print((one.__doc__ or "").strip(), end="\n\n")
        print(one.measure(), end="\n\n", flush=True)
