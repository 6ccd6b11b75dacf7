"""JSON for programs: the event, the totals, and one pledge on each line."""

import json
from typing import IO

from wall.core.exports import Export
from wall.export.lists.columns import FACTS, chosen_in, columns_of, counts_of, sums_of


def write_json(export: Export, file: IO[bytes]) -> None:
    """Write the event, its totals and what was chosen, then pledge by pledge."""
    head = {
        "event": {fact.key: fact.read(export.event) for fact in FACTS},
        "exported_at": export.at,
        "choice": chosen_in(export),
        "totals": sums_of(export.totals),
        "what_became_of_it": [
            {"days_after_writing": stand.days}
            | {name.replace(" ", "_"): count for name, count in counts_of(stand).items()}
            for stand in export.stands
        ],
    }
    columns = columns_of(export.choice)
    file.write(_encode(head)[:-1] + b',\n"pledges": [')
    between = b"\n"
    for pledge in export.pledges:
        file.write(between + _encode({column.key: column.read(pledge) for column in columns}))
        between = b",\n"
    file.write(b"\n]}\n")


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
