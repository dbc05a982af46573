"""What was worked out and may be asked for again: the latest, as much of it as there is room for."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key, forgotten from the longest unused on. Several threads may ask at once; at worst two
    work out the same."""

    def __init__(self, room: int, size_of: Callable[[V], int] = lambda _: 1) -> None:
        """`room`: how much is kept, in the unit of `size_of`; the newest value always is."""
        self.room, self.size_of = room, size_of
        self._values: dict[Hashable, V] = {}
        self._used = 0
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], V]) -> V:
        """The value of a key, computed unless it is still there."""
        with self._lock:
            found = self._values.pop(key, None)
            if found is not None:
                self._values[key] = found  # the last place: used most recently
                return found
        made = compute()
        with self._lock:
            self._used += self.size_of(made) - self._forget(key)
            self._values[key] = made
            while self._used > self.room and len(self._values) > 1:
                self._used -= self._forget(next(iter(self._values)))
        return made

    def _forget(self, key: Hashable) -> int:
        """How much room that frees."""
        value = self._values.pop(key, None)
        return 0 if value is None else self.size_of(value)
