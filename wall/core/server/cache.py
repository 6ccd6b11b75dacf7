"""A cache of limited size: what was made stays while there is room, and what was used least recently goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Bounded in entries and in bytes; `size` says how many bytes a value takes when it is put here."""

    def __init__(self, *, most_entries: int, most_bytes: int, size: Callable[[V], int]) -> None:
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._size = size
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V) -> None:
        """Store it in place of what was there; what alone is larger than the cache is not stored."""
        size = self._size(value)
        with self._lock:
            self._drop(key)
            if size > self._most_bytes:
                return
            self._entries[key] = (value, size)
            self._bytes += size
            while self._bytes > self._most_bytes or len(self._entries) > self._most_entries:
                self._drop(next(iter(self._entries)))

    @property
    def size(self) -> int:
        return self._bytes

    def __len__(self) -> int:
        return len(self._entries)

    def _drop(self, key: K) -> None:
        _, size = self._entries.pop(key, (None, 0))
        self._bytes -= size
