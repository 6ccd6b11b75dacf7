"""What can happen to the files of a database under a running server, in words that say what to do."""

from enum import StrEnum

from wall.core.words import N_, Words


class Trouble(StrEnum):
    """While one of these lasts, nothing is stored and nothing is acknowledged."""

    MOVED = "moved"
    DELETED = "deleted"
    OVERWRITTEN = "overwritten"
    LOG_GONE = "log_gone"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS = {
    Trouble.MOVED: N_(
        "The database file has been moved, so nothing is being saved. Phones keep their pledges and "
        "try again. Put the file back under its name (wall.db, unless you chose another). The server "
        "will then carry on automatically."
    ),
    Trouble.DELETED: N_(
        "The database file was deleted or replaced, so nothing is being saved. Phones keep their "
        "pledges and try again. Everything already received has been copied to the “backups” folder. "
        "Stop the server, then restore the latest backup."
    ),
    Trouble.OVERWRITTEN: N_(
        "The database file was overwritten or cut short, so nothing is being saved. Phones keep "
        "their pledges and try again. Stop the server, then restore the latest good backup. To list "
        "the backups, run “python run.py backups”."
    ),
    Trouble.LOG_GONE: N_(
        "A database file (its name ends in “-wal” or “-shm”) was removed, so nothing is being saved. "
        "Phones keep their pledges and try again. Stop the server and start it again. Keep clean-up "
        "and sync tools away from its folder."
    ),
}
