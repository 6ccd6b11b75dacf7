"""What the process hands to the program: the only two things that differ between async modes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class OffLoop(Protocol):
    """Runs a blocking call in a real thread and waits for it without holding up anybody else."""

    def __call__(self, call: Callable[..., T], /, *arguments: Any) -> T: ...


def at_once(call: Callable[..., T], /, *arguments: Any) -> T:
    """An OffLoop that does not leave the loop: for what is short, or where nobody else waits."""
    return call(*arguments)


class Serve(Protocol):
    """Starts answering whoever comes in at the command line's `Entrance`, in the background."""

    def __call__(self, app: WsgiApp, entrance: Any, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Runtime:
    """`async_mode` is Flask-SocketIO's name for it."""

    async_mode: str
    off_loop: OffLoop
    serve: Serve
