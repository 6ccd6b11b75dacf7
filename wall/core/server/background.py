"""What a program does beside answering: work in threads of its own, for as long as it is open."""

from collections.abc import Callable
from threading import Event, Thread


class Background:
    """Begins such work, and ends all of it at once. A thread that nobody ends would hold the whole program in memory."""

    def __init__(self) -> None:
        self._over = Event()
        self._wakers: list[Callable[[], None]] = []

    @property
    def over(self) -> bool:
        """Whether the program was closed: work looks at this between its rounds."""
        return self._over.is_set()

    def start(self, work: Callable[[], None], name: str, *, wake: Callable[[], None] | None = None) -> None:
        """Begin `work` in a thread called `name`. `wake` ends its wait for something to do, if it has one."""
        if wake:
            self._wakers.append(wake)
        Thread(target=work, name=name, daemon=True).start()

    def rest(self, seconds: float) -> None:
        """Wait so long, or until the program is closed."""
        self._over.wait(seconds)

    def end(self) -> None:
        """Have all work end after the round that it is in. Does not wait for it."""
        self._over.set()
        for wake in self._wakers:
            wake()
