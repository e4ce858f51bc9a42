# SPDX-License-Identifier: MIT
"""The register: the account of many reports, in one SQLite file."""
from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from typing import Any, NamedTuple

from . import _core
from ._read import Date, Reader, Text, Told, _edtf, _reader
from ._record import Record

_TEXT, _JSON, _CSV, _CALENDAR = range(4)
_FORMATS = {"rows": _JSON, "text": _TEXT, "csv": _CSV, "ics": _CALENDAR}


class Added(NamedTuple):
    """What became of a report that was added: its id in the register, and whether it was new."""

    id: str
    is_new: bool


class Verified(NamedTuple):
    """How much was checked, and a row a fault."""

    documents: int
    spans: int
    faults: list[dict[str, Any]]


class Register:
    """One account of many reports: sessions, documents and promises that several reports speak of are one thing in it, and people's decisions
    stay. Programs and threads may use the same file at once.

    >>> import karar, tempfile
    >>> with karar.Register(tempfile.mkdtemp() + "/account.db") as register:
    ...     register.add("OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo.", uri="agency/1").is_new
    ...     register.add("OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo.", uri="agency/1").is_new
    ...     [(row["kind"], row["status"]) for row in register.instruments("CHL-NOR")]
    True
    False
    [('agreement', 'signed')]
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = True, read_only: bool = False, author: str | None = None,
                 reader: Reader | None = None) -> None:
        """Opens the file; `create` makes it where there is none; `read_only` refuses to write. `author` is who adds and decides, the login
        name when not given. A file of an older version is brought up to date; `copy` names the copy that was made before."""
        self._register = _core.Register(os.fspath(path), create and not read_only)
        if read_only:
            self._register.read_only()
        self._reader = reader or _reader()
        self._author = author
        self._lock = threading.Lock()

    @property
    def copy(self) -> str | None:
        """The copy that was made before an older file was brought up to date; None if it was up to date."""
        return self._register.copy

    def close(self) -> None:
        """Closes the file; what was added is on the disk already."""
        with self._lock:
            self._register.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def _who(self) -> str:
        if self._author is None:
            import getpass
            self._author = getpass.getuser()
        return self._author

    def add(self, report: Text | Record, lang: str | None = None, date: Date = None, *, uri: str | None = None,
            publisher: str | None = None) -> Added:
        """Reads a report and keeps what it says, all or nothing; the same bytes again change nothing. Takes what `karar.read` takes, or a
        record that came from it."""
        told: Told
        if isinstance(report, Record):
            if report._source is None:
                raise ValueError("this record was made of JSON: give the report's text")
            told = report._source
        else:
            told = (report, uri, lang, _edtf(date), publisher)
        engine = self._reader._take()
        try:
            with self._lock:
                return Added(*self._register.add(engine, *told, self._who()))
        finally:
            self._reader._idle.append(engine)

    # ---- questions

    def ask(self, question: str, pair: str | None = None, *, id: str | None = None, words: str | None = None, as_of: Date = None,
            years: int | None = None, limit: int | None = None, skip: int | None = None, lang: str | Iterable[str] | None = None,
            format: str = "rows", width: int = 100) -> Any:
        """Answers a question: bodies, sessions, instruments, commitments, people, documents, show, search, brief, idle, diff, why, decisions,
        calendar. `pair` ("PAK-RUS"), `id` and `words` narrow it; `as_of` leaves out what was said after that day. `limit` is how many rows
        are given at most (a thousand), `skip` how many are left out before the first. `lang` is a tag ("ur"), or several with the dearest
        first: sentences, topics and names are shown in it where a report in it says the same. `format` is "rows" (a list of dicts; of a
        brief, a dict of lists), "text", "csv" or "ics"."""
        if format not in _FORMATS:
            raise ValueError(f"format is one of {', '.join(_FORMATS)}, not {format!r}")
        with self._lock:
            answer = self._register.ask(question, pair, id, words, _edtf(as_of), 5 if years is None else years, limit or 0, skip or 0,
                                        lang if lang is None or isinstance(lang, str) else " ".join(lang), _FORMATS[format], width)
        return json.loads(answer or b"[]") if format == "rows" else answer.decode("utf-8")

    def bodies(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Standing bodies."""
        return self.ask("bodies", pair, **more)  # type: ignore[no-any-return]

    def sessions(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Sessions with their numbers, dates, places and co-chairs."""
        return self.ask("sessions", pair, **more)  # type: ignore[no-any-return]

    def instruments(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Documents between two parties and what became of them."""
        return self.ask("instruments", pair, **more)  # type: ignore[no-any-return]

    def commitments(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """What was promised and how it stands."""
        return self.ask("commitments", pair, **more)  # type: ignore[no-any-return]

    def people(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """People and their offices."""
        return self.ask("people", pair, **more)  # type: ignore[no-any-return]

    def documents(self, pair: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """The reports."""
        return self.ask("documents", pair, **more)  # type: ignore[no-any-return]

    def search(self, words: str, **more: Any) -> list[dict[str, Any]]:
        """Claims whose words match."""
        return self.ask("search", words=words, **more)  # type: ignore[no-any-return]

    def show(self, id: str, **more: Any) -> list[dict[str, Any]]:
        """Everything that reports said of one thing ("PAK-RUS/freight-train"), by day."""
        return self.ask("show", id=id, **more)  # type: ignore[no-any-return]

    def why(self, id: str, **more: Any) -> list[dict[str, Any]]:
        """Which reports were taken to speak of that thing, and by what."""
        return self.ask("why", id=id, **more)  # type: ignore[no-any-return]

    def brief(self, pair: str, **more: Any) -> dict[str, list[dict[str, Any]]]:
        """What to know before a session: the last ones, promises past due, what is open."""
        return self.ask("brief", pair, **more)  # type: ignore[no-any-return]

    def decisions(self, **more: Any) -> list[dict[str, Any]]:
        """What people decided."""
        return self.ask("decisions", **more)  # type: ignore[no-any-return]

    def calendar(self, pair: str | None = None, **more: Any) -> str:
        """Sessions as an iCalendar file."""
        return self.ask("calendar", pair, format="ics", **more)  # type: ignore[no-any-return]

    # ---- exports

    def export(self, format: str, pair: str | None = None, *, as_of: Date = None, since: Date = None, until: Date = None) -> dict[str, bytes]:
        """The account in the format of another program: csv, dyad-year, polecat, plover, ftm, w3c, brat, jsonl … (see the manual): the files
        of the export by name. `pair` is that of two parties ("PAK-RUS"), or the id of a body ("PAK-RUS/commission"). The same register and options give the same bytes."""
        with self._lock:
            return self._register.export(format, pair, _edtf(as_of), _edtf(since), _edtf(until))

    # ---- decisions

    def decide(self, action: str, target: str, *, reason: str, field: str | None = None, value: str | None = None, words: str | None = None,
               nth: int | None = None) -> int:
        """Keeps a decision (accept, reject, unsure, edit, add, merge, split, judge, settle, undo) about what the answers name `target`, and
        why; returns its number. `words`, to add a claim, are the words of the report that say so; `nth` which of several places where they
        stand is meant. Decisions survive every new reading."""
        # what is said of a report as a whole has it read again
        engines = (self._reader._take(),) if action == "undo" or (action == "edit" and "/" not in target) else ()
        try:
            with self._lock:
                return self._register.decide(action, target, field, value, self._who(), reason, words, nth or 0, engines)
        finally:
            self._reader._idle.extend(engines)

    def undo(self, number: int, *, reason: str) -> int:
        """Takes a decision back; returns the number of this one."""
        return self.decide("undo", str(number), reason=reason)

    # ---- upkeep

    def rebuild(self, *, threads: int | None = None, reread: bool = False) -> list[dict[str, Any]]:
        """Makes all that is derived again; a row a difference. Decisions stay. Reports are read again where this very program did not read
        them before; reread: all of them."""
        engines = tuple(self._reader._take() for _ in range(threads or os.cpu_count() or 1))
        try:
            with self._lock:
                return json.loads(self._register.rebuild(engines, reread) or b"[]")  # type: ignore[no-any-return]
        finally:
            self._reader._idle.extend(engines)

    def verify(self) -> Verified:
        """Holds hashes and quotations against the stored reports."""
        with self._lock:
            documents, spans, faults = self._register.verify()
        return Verified(documents, spans, json.loads(faults or b"[]"))
