# SPDX-License-Identifier: MIT
"""Exceptions: one for each status of karar.h, all of them karar.Error."""
from __future__ import annotations


class Error(Exception):
    """Something could not be done. `code` names what kind of thing went wrong; the rest tells where, or is None.

    Every failure of the library is one of the subclasses, which are also the usual exceptions of Python where there is one:

    >>> import karar
    >>> try:
    ...     karar.read("…", date="tomorrow")
    ... except ValueError as error:
    ...     print(type(error).__name__, error.code, "-", error)
    BadArgument bad-argument - 'tomorrow' is no date: write 2025-11-27, 2025-11, 2025 or two joined by /
    """

    code = "error"

    def __init__(self, text: str, *, file: str | None = None, line: int | None = None, column: int | None = None,
                 byte: int | None = None, index: int | None = None, uri: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.file, self.line, self.column, self.byte = file, line, column, byte
        #: of the report among those of a batch, and its address
        self.index, self.uri = index, uri

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        behind = f" (byte {self.byte})" if self.byte is not None else ""
        return f"{place + ': ' if place else ''}{self.text}{behind}"

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.text, {name: getattr(self, name) for name in ("file", "line", "column", "byte", "index", "uri")})


def _again(kind: type[Error], text: str, more: dict[str, object]) -> Error:
    return kind(text, **more)  # type: ignore[arg-type]


class NoMemory(Error, MemoryError):
    """Memory ran out."""

    code = "no-memory"


class LimitPassed(Error, ValueError):
    """A maximum was passed: a report of more than 8 MiB, say."""

    code = "limit"


class InputOutputError(Error, OSError):
    """The operating system refused."""

    code = "io"

    def __str__(self) -> str:
        return Error.__str__(self)


class BadEncoding(Error, ValueError):
    """Bytes are no text in a known encoding."""

    code = "bad-encoding"


class NotText(Error, ValueError):
    """NUL bytes or control characters: no text."""

    code = "binary"


class EmptyText(Error, ValueError):
    """No text at all."""

    code = "empty"


class BadPack(Error, ValueError):
    """A language pack has a fault; file, line and column tell where."""

    code = "bad-pack"


class NotFound(Error, LookupError):
    """There is no such thing."""

    code = "not-found"


class BadArgument(Error, ValueError):
    """The call was wrong."""

    code = "bad-argument"


class NoLanguage(Error, ValueError):
    """No pack reads the language."""

    code = "no-language"


_KINDS = {-1: NoMemory, -2: LimitPassed, -3: InputOutputError, -4: BadEncoding, -5: NotText, -6: EmptyText, -7: BadPack, -8: NotFound,
          -9: BadArgument, -10: NoLanguage}


def make(status: int, text: str, file: str, line: int, column: int, byte: int | None) -> Error:
    """The exception for a status of karar.h."""
    return _KINDS.get(status, Error)(text, file=file or None, line=line or None, column=column or None, byte=byte)
