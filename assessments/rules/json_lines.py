"""JSON with the line of every value, so that an error can say where it is."""

import json
import re
from typing import Any

Path = tuple[str | int, ...]

SPACE = re.compile(r"[ \t\n\r]*")
MOST_DEPTH = 20
NO_SIGN = re.compile("[\0\ud800-\udfff]")
"""What JSON can spell and neither a database nor a page takes: the sign zero, and halves of signs."""


class JSONLineError(ValueError):
    """The text is no JSON; `line` (from 1) says where."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


def read_json_lines(text: str) -> tuple[Any, dict[Path, int]]:
    """The value and the line of each value by its path, as ("contacts", 0, "code"). Raises JSONLineError.

    A name that stands twice in an object, a number that is none (NaN) and a depth beyond 20 are refused.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.lines = text, {}  # type: tuple[str, dict[Path, int]]
        self.decoder = json.JSONDecoder(parse_constant=self._no_constant)

    def read(self) -> tuple[Any, dict[Path, int]]:
        value, end = self._value(self._skip(0), ())
        end = self._skip(end)
        if end != len(self.text):
            raise self._error(end, "something stands after the end")
        return value, self.lines

    def _value(self, at: int, path: Path) -> tuple[Any, int]:
        if len(path) > MOST_DEPTH:
            raise self._error(at, f"nested more than {MOST_DEPTH} deep")
        self.lines[path] = self._line(at)
        if self.text[at : at + 1] == "{":
            return self._object(at + 1, path)
        if self.text[at : at + 1] == "[":
            return self._array(at + 1, path)
        return self._scalar(at)

    def _scalar(self, at: int) -> tuple[Any, int]:
        try:
            return self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self._error(error.pos, error.msg) from error
        except ValueError as error:  # a constant that is no JSON, or more digits than a number may have
            raise self._error(at, str(error)) from error

    def _object(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at = self._skip(at)
        if self.text[at : at + 1] == "}":
            return found, at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self._error(at, "a name in double quotes is expected here")
            name, end = self._scalar(at)
            if name in found:
                raise self._error(at, f"{name!r} stands here twice")
            end = self._expect(self._skip(end), ":")
            found[name], end = self._value(self._skip(end), (*path, name))
            at, over = self._next(end, "}")
            if over:
                return found, at

    def _array(self, at: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self._skip(at)
        if self.text[at : at + 1] == "]":
            return found, at + 1
        while True:
            value, end = self._value(at, (*path, len(found)))
            found.append(value)
            at, over = self._next(end, "]")
            if over:
                return found, at

    def _next(self, at: int, closing: str) -> tuple[int, bool]:
        at = self._skip(at)
        if self.text[at : at + 1] == closing:
            return at + 1, True
        return self._skip(self._expect(at, ",", f"or {closing!r} ")), False

    def _expect(self, at: int, mark: str, other: str = "") -> int:
        if self.text[at : at + 1] != mark:
            raise self._error(at, f"{mark!r} {other}is expected here")
        return at + 1

    def _skip(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _error(self, at: int, reason: str) -> JSONLineError:
        return JSONLineError(self._line(at), reason)

    def _no_constant(self, name: str) -> Any:
        raise ValueError(f"{name} is no number")
