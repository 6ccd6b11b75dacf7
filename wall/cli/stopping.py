"""Stopping: the signal, waited for without work in the handler."""

import signal
import socket


class StopSignal:
    """SIGTERM or Ctrl-C, waited for without work in the handler and without polling.

    The interpreter writes the signal's number into a socket; whoever waits reads it from the other end.
    """

    def __init__(self) -> None:
        self.gave_up = False
        """Nobody asked for it: there is nothing left to do."""
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)

    def wait(self) -> None:
        self._reader.recv(1)

    def give_up(self) -> None:
        self.gave_up = True
        self._writer.send(b"\0")
