"""Programs beside each other: each on a core of its own, and what it uses of the machine (Linux)."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.support.running import PROJECT

SERVER_CORE = 0
LOAD_CORE = 1


def on_core(core: int, program: Sequence[str]) -> tuple[str, ...]:
    """The program held to one core; on a machine with one alone, as it is."""
    cores = sorted(os.sched_getaffinity(0))
    return ("taskset", "--cpu-list", str(cores[core]), *program) if len(cores) > 1 else (*program,)


def compile_c(source: str, folder: Path) -> str:
    """A C program of this folder's, compiled: its path."""
    program = folder / Path(source).stem
    warnings = ("-Wall", "-Wextra", "-Werror")
    subprocess.run(["cc", "-O2", *warnings, "-o", program, PROJECT / "benchmarks" / source], check=True)
    return str(program)


def processor_seconds(process: int) -> float:
    """What it has used of the processors so far, all its threads together."""
    used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> int:
    """Bytes of memory that it has in use."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) * 1024 if found else 0
