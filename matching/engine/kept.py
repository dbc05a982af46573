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
        self._before: dict[Hashable, V] = {}
        self._used = 0
        self._lock = Lock()

    def following(self) -> "Kept[V]":
        """An empty one for what comes after this: it hands on what was kept here when it is first asked for."""
        after: Kept[V] = Kept(self.room, self.size_of)
        with self._lock:
            after._before = dict(self._values)
        after._used = sum(map(self.size_of, after._before.values()))
        return after

    def held(self, key: Hashable) -> V | None:
        """The value of a key if it is still there."""
        with self._lock:
            found = self._values.pop(key, None)
            if found is not None:
                self._values[key] = found
            return found

    def keep(self, key: Hashable, value: V) -> V:
        """The value of a key: what is there already, else this one."""
        return self.get(key, lambda _before: value)

    def get(self, key: Hashable, compute: Callable[[V | None], V]) -> V:
        """The value of a key, computed unless it is still there, from what there was before if anything."""
        with self._lock:
            found = self._values.pop(key, None)
            if found is not None:
                self._values[key] = found  # the last place: used most recently
                return found
            before = self._before.get(key)
        made = compute(before)
        with self._lock:
            self._forget(self._before, key)
            self._forget(self._values, key)
            self._used += self.size_of(made)
            self._values[key] = made
            while self._used > self.room and len(self._before) + len(self._values) > 1:
                oldest = self._before or self._values
                self._forget(oldest, next(iter(oldest)))
        return made

    def _forget(self, values: dict[Hashable, V], key: Hashable) -> None:
        value = values.pop(key, None)
        self._used -= 0 if value is None else self.size_of(value)
