"""A hall's figures as tables for RESULTS.md."""

from collections.abc import Callable

from benchmarks.hall.figures import Figures


def table(halls: list[Figures]) -> str:
    """A column for each hall."""
    rows: dict[str, Callable[[Figures], str]] = {
        "joined, refused, lost, doubled": lambda hall: (
            f"{hall['joined']:,}, {sum(hall['refused'].values())}, {hall['lost']}, {hall['doubled']}"
        ),
        "joined in time; the last after s": lambda hall: (
            f"{hall['joined in time']:,}; {hall['joined in seconds']:.0f}"
        ),
        "pages broken off, pledges unanswered, missing on a wall": lambda hall: (
            f"{hall['broken off']}, {hall['unanswered']}, {hall['missing on walls']}"
        ),
        "the page, p50, p99 ms": lambda hall: in_ms(hall["page"]),
        "page, files and first news, p50, p99 ms": lambda hall: in_ms(hall["joining"]),
        "POST answered, p50, p99 ms": lambda hall: in_both(hall, "POST"),
        "POST → wall, p50, p99 ms": lambda hall: in_both(hall, "wall"),
        "POST → phone, p50, p99 ms": lambda hall: in_both(hall, "phone"),
        "the author's page asked, p50, p99 ms": lambda hall: in_ms(hall["receipt"]),
        "the server's processor, s and % of a core": lambda hall: spent(hall, "server"),
        "the load's": lambda hall: spent(hall, "load"),
        "kB a phone": lambda hall: str(hall["kB a phone"]),
        "killed: the first, all back after s": lambda hall: (
            f"{hall['first back after seconds']:.1f}, {hall['back after seconds']:.1f}"
            + (f"; {hall['not back']} not" if hall["not back"] else "")
        ),
        "pauses over 50 ms; with as much work; most of it collecting": lambda hall: "; ".join(
            by_part(hall["pauses"][kind]) for kind in ("count", "at work", "collecting")
        ),
    }
    sizes = " | ".join(f"{hall['phones']:,}" for hall in halls)
    lines = [
        f"| a hall of | {sizes} |",
        "|---" * (len(halls) + 1) + "|",
    ]
    return "\n".join(
        [*lines, *(f"| {name} | {' | '.join(map(tell, halls))} |" for name, tell in rows.items())]
    )


def in_ms(spread: dict[str, float]) -> str:
    return f"{spread['p50']:,.0f}, {spread['p99']:,.0f}" if spread["count"] else "none"


def in_both(hall: Figures, what: str) -> str:
    return f"{in_ms(hall[f'{what}, posts'])}; burst {in_ms(hall[f'{what}, burst'])}"


def spent(hall: Figures, whose: str) -> str:
    parts = hall["processor"].items()
    return ", ".join(f"{part} {one[whose]:.1f} ({one[f'{whose} %']:.0f} %)" for part, one in parts)


def by_part(count: dict[str, int]) -> str:
    parts = ", ".join(f"{part} {many}" for part, many in count.items())
    return f"{sum(count.values())} ({parts})" if count else "0"


def pauses_table(pauses: Figures) -> str:
    """The longest pauses of each part."""
    lines = ["| longest pauses | ms | worked ms | collecting ms | doing |", "|---|---|---|---|---|"]
    for one in pauses["longest"]:
        when = f"{one['part']}, after {one['at']:.1f} s"
        lines.append(
            f"| {when} | {one['ms']} | {one['worked ms']} | {one['collecting ms']} | {one['doing']} |"
        )
    return "\n".join(lines)
