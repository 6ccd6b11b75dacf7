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
        "The database’s file is no longer where it was, so nothing is stored just now; phones keep what people write. "
        "Put it back under its name (wall.db, unless you chose another), and the server goes on by itself."
    ),
    Trouble.DELETED: N_(
        "The database’s file was deleted or replaced, so nothing is stored any more; phones keep what people write. "
        "What was stored was copied into “backups” a moment ago: stop the server, then restore the latest backup."
    ),
    Trouble.OVERWRITTEN: N_(
        "The database’s file was overwritten or cut short, so nothing is stored any more; phones keep what people write. "
        "Stop the server, then restore the latest good backup: “python run.py backups” lists them."
    ),
    Trouble.LOG_GONE: N_(
        "A file that belongs to the database (its name ends in “-wal” or “-shm”) was taken away, so nothing is stored "
        "just now; phones keep what people write. Stop the server and start it again, and keep tools that tidy up or "
        "synchronise away from its folder."
    ),
}
