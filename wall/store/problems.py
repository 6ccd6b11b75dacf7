"""What cannot be done with a database or a file; each message is for the terminal and says what helps."""


class StoreProblem(Exception):
    """What all of these are, so that the terminal can say each in one line."""


class CannotOpen(StoreProblem):
    """A database that cannot be used."""


class CannotBackUp(StoreProblem):
    """A copy that could not be made."""


class CannotUse(StoreProblem):
    """A backup or an event's file that is damaged, or something else altogether."""


class CannotRestore(StoreProblem):
    """A backup that is good but cannot be put in place now."""


class OtherTables(StoreProblem):
    """A database whose tables are not those that this program works with."""


class FromNewer(StoreProblem):
    """A database from a Scribe Wall that came after this one."""
