# SPDX-License-Identifier: MIT
"""The record of a report as objects that cannot be changed.

A record is its JSON; objects are made of it when they are first asked for, so that reading a hundred thousand reports costs no more than
their records in memory.
"""
from __future__ import annotations

import json
import re
from functools import cached_property
from operator import itemgetter
from typing import Any, Iterator, NamedTuple, TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import Document
    from ._read import Reader, Told


class Evidence(NamedTuple):
    """Words of the report: `text[char_begin:char_end]` of its text, `[begin:end]` of the text's UTF-8."""

    begin: int
    end: int
    char_begin: int
    char_end: int
    quote: str


class Span(NamedTuple):
    """A run of the report's text, as Evidence has it."""

    begin: int
    end: int
    char_begin: int
    char_end: int


class Amount(NamedTuple):
    """A sum of money or a quantity; `unit` is an ISO 4217 code or the name of a measure."""

    value: float
    unit: str
    type: str
    evidence: tuple[Evidence, ...]


class Place(NamedTuple):
    """A city by its English name, a country by its code; None where the report does not say."""

    city: str | None
    country: str | None


class Party(NamedTuple):
    """A state (ISO 3166-1 alpha-3) or an organisation of states that takes part in a fact."""

    id: str
    kind: str
    name: str
    evidence: tuple[Evidence, ...]


class Person(NamedTuple):
    """A person who acts for a party; `latin` is the name in Latin letters."""

    id: str
    name: str | None
    latin: str | None
    office: str | None
    portfolio: tuple[str, ...]
    party: str | None
    evidence: tuple[Evidence, ...]


class Body(NamedTuple):
    """A standing body between governments."""

    id: str
    type: str
    name: str | None
    parties: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Meeting(NamedTuple):
    """A meeting held or announced; `date` is EDTF."""

    id: str
    type: str
    status: str
    body: Body | None
    ordinal: int | None
    parties: tuple[str, ...]
    date: str | None
    place: Place | None
    chairs: tuple[Person, ...]
    participants: tuple[Person, ...]
    evidence: tuple[Evidence, ...]


class Instrument(NamedTuple):
    """A document between the parties, signed or on its way; `count` tells how many documents it stands for."""

    id: str
    kind: str
    status: str
    count: int  # type: ignore[assignment]  # what the record calls it; tuple.count is of no use here
    parties: tuple[str, ...]
    subject: str | None
    sectors: tuple[str, ...]
    signatories: tuple[Person, ...]
    date: str | None
    amounts: tuple[Amount, ...]
    meeting: Meeting | None
    evidence: tuple[Evidence, ...]


class Commitment(NamedTuple):
    """What the parties did, agreed, plan, support, discussed, proposed or refused (`stance`)."""

    id: str
    stance: str
    parties: tuple[str, ...]
    by: str | None
    sectors: tuple[str, ...]
    topic: str | None
    concepts: tuple[str, ...]
    amounts: tuple[Amount, ...]
    deadline: str | None
    meeting: Meeting | None
    evidence: tuple[Evidence, ...]


# Most objects of a record are its evidence: they are made without a call of Python's.
_words_of = itemgetter("begin", "end", "char_begin", "char_end", "quote")
_new = tuple.__new__


def _evidence(found: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple([_new(Evidence, _words_of(one)) for one in found])


def _amounts(found: list[dict[str, Any]]) -> tuple[Amount, ...]:
    return tuple([Amount(one["value"], one["unit"], one["type"], _evidence(one["evidence"])) for one in found]) if found else ()


class _Claims:
    """The objects of a record, each made once and when it is first asked for; ids become the objects that they name."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return tuple([Party(one["id"], one["kind"], one["name"], _evidence(one["evidence"])) for one in self._data["parties"]])

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return tuple([Person(one["id"], one["name"], one["latin"], one["office"], tuple(one["portfolio"]), one["party"],
                             _evidence(one["evidence"])) for one in self._data["people"]])

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        return tuple([Body(one["id"], one["type"], one["name"], tuple(one["parties"]), _evidence(one["evidence"]))
                      for one in self._data["bodies"]])

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        if not self._data["meetings"]:
            return ()
        people, bodies = self._by_id("people"), self._by_id("bodies")
        return tuple([Meeting(
            one["id"], one["type"], one["status"], bodies.get(one["body"]), one["ordinal"], tuple(one["parties"]), one["date"],
            Place(one["place"]["city"], one["place"]["country"]) if one["place"] else None, tuple([people[id] for id in one["chairs"]]),
            tuple([people[id] for id in one["participants"]]), _evidence(one["evidence"])) for one in self._data["meetings"]])

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        if not self._data["instruments"]:
            return ()
        people, meetings = self._by_id("people"), self._by_id("meetings")
        return tuple([Instrument(
            one["id"], one["kind"], one["status"], one["count"], tuple(one["parties"]), one["subject"], tuple(one["sectors"]),
            tuple([people[id] for id in one["signatories"]]), one["date"], _amounts(one["amounts"]), meetings.get(one["meeting"]),
            _evidence(one["evidence"])) for one in self._data["instruments"]])

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        if not self._data["commitments"]:
            return ()
        meetings = self._by_id("meetings")
        return tuple([Commitment(
            one["id"], one["stance"], tuple(one["parties"]), one["by"], tuple(one["sectors"]), one["topic"], tuple(one["concepts"]),
            _amounts(one["amounts"]), one["deadline"], meetings.get(one["meeting"]), _evidence(one["evidence"]))
            for one in self._data["commitments"]])

    def _by_id(self, kind: str) -> dict[str, Any]:
        return {one.id: one for one in getattr(self, kind)}


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def _pretty(line: str) -> str:
    """The record on many lines, as `karar read --format json` prints it: strings and numbers stay as they are written."""
    out: list[str] = []
    depth, opened = 0, False
    for token in _TOKEN.findall(line):
        if token in "}]":
            depth -= 1
            out.append(token if opened else "\n" + "  " * depth + token)
            opened = False
            continue
        if opened:
            out.append("\n" + "  " * depth)
            opened = False
        if token in "{[":
            depth += 1
            opened = True
            out.append(token)
        elif token == ",":
            out.append(",\n" + "  " * depth)
        else:
            out.append(": " if token == ":" else token)
    return "".join(out) + "\n"


class Record:
    """What one report says: who met whom, what was signed, what was promised, each with the words that say so.

    >>> import karar
    >>> text = ("OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday. "
    ...         "The two countries agreed to expand cooperation in education.")
    >>> record = karar.read(text)
    >>> record.lang, record.published, [party.name for party in record.parties]
    ('en', '2021-05-04', ['Norway', 'Chile'])
    >>> paper = record.instruments[0]
    >>> paper.kind, paper.status, paper.parties, paper.sectors
    ('agreement', 'signed', ('NOR', 'CHL'), ('agriculture',))
    >>> words = paper.evidence[0]
    >>> text[words.char_begin:words.char_end] == words.quote
    True
    """

    __slots__ = ("_line", "_source", "_reader", "_claims")

    def __init__(self, line: bytes | str, *, _source: Told | None = None, _reader: Reader | None = None) -> None:
        """Of a line of JSON, as `karar read --format jsonl` writes it. What came from `karar.read` also knows its text."""
        self._line = line.encode("utf-8") if isinstance(line, str) else line
        self._source = _source      # text, uri, lang, date, publisher
        self._reader = _reader
        self._claims: _Claims | None = None

    # ---- as JSON

    @property
    def jsonl(self) -> str:
        """The record on one line, as `karar read --format jsonl` prints it, without the line's end."""
        return self._line.decode("utf-8").rstrip("\n")

    @property
    def json(self) -> str:
        """The record as `karar read --format json` prints it."""
        return _pretty(self.jsonl)

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts and lists, new ones each time; its schema is schema/record.schema.json."""
        return json.loads(self._line)  # type: ignore[no-any-return]

    # ---- the report

    def _document(self, name: str) -> Any:
        return self.to_dict()["document"][name]

    @property
    def id(self) -> str:
        """SHA-256 of the text, "sha256:…"."""
        return self._document("id")  # type: ignore[no-any-return]

    @property
    def uri(self) -> str:
        """Address of the report, as given; "-" if none was."""
        return self._document("uri")  # type: ignore[no-any-return]

    @property
    def lang(self) -> str | None:
        """Tag of its language (BCP 47); None if no pack reads it."""
        return self._document("lang")  # type: ignore[no-any-return]

    @property
    def title(self) -> str | None:
        """Headline, as written."""
        return self._document("title")  # type: ignore[no-any-return]

    @property
    def published(self) -> str | None:
        """Date of the report, EDTF."""
        return self._document("published")  # type: ignore[no-any-return]

    @property
    def publisher(self) -> str | None:
        """Publisher, as the head of the page names it, else as written."""
        return self._document("publisher")  # type: ignore[no-any-return]

    @property
    def cites(self) -> tuple[str, ...]:
        """Sources that the report names."""
        return tuple(self._document("cites"))

    @property
    def citations(self) -> tuple[Evidence, ...]:
        """Where each of them is named."""
        return _evidence(self.to_dict()["document"].get("citations", []))

    @property
    def body(self) -> tuple[Span, ...]:
        """What belongs to the report; the rest is page furniture."""
        return tuple(Span(one["begin"], one["end"], one["char_begin"], one["char_end"]) for one in self._document("body"))

    # ---- its claims

    def _all(self) -> _Claims:
        if self._claims is None:
            self._claims = _Claims(self.to_dict())
        return self._claims

    @property
    def parties(self) -> tuple[Party, ...]:
        """States and organisations that take part in any fact."""
        return self._all().parties

    @property
    def people(self) -> tuple[Person, ...]:
        """Persons who act for a party."""
        return self._all().people

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Standing bodies between governments."""
        return self._all().bodies

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Meetings held or announced."""
        return self._all().meetings

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """Documents, signed or on their way."""
        return self._all().instruments

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """What was done, agreed, planned, discussed, proposed or refused."""
        return self._all().commitments

    @property
    def claims(self) -> tuple[Meeting | Instrument | Commitment, ...]:
        """Meetings, instruments and commitments, in this order."""
        found = self._all()
        return found.meetings + found.instruments + found.commitments

    def __getitem__(self, id: str) -> Party | Person | Body | Meeting | Instrument | Commitment:
        """What has this id: record["m1"], record["PAK"]."""
        for one in self:
            if one.id == id:
                return one
        raise KeyError(id)

    def __iter__(self) -> Iterator[Party | Person | Body | Meeting | Instrument | Commitment]:
        found = self._all()
        return iter((*found.parties, *found.people, *found.bodies, *found.meetings, *found.instruments, *found.commitments))

    def __bool__(self) -> bool:
        """True if it states a fact."""
        return bool(self.claims)

    # ---- with its text

    @property
    def text(self) -> str | None:
        """The text that was read, in which the places of evidence count; None for a record that was made of JSON."""
        if self._source is None:
            return None
        text = self._source[0]
        if isinstance(text, str):
            return text
        if isinstance(text, bytes):
            from ._core import Document
            text = Document(text)
        return text.text

    def _written(self, form: str, claim: str | None = None, colour: bool = False, width: int = 0) -> str:
        if self._source is None or self._reader is None:
            raise ValueError("this record was made of JSON: read the report again to ask about its text")
        return self._reader._write(form, self._source, claim, colour, width)

    def why(self, claim: str) -> str:
        """Why a claim ("m1", "i2", "c3", "p1", "PAK") was made: rules and words with their places in the packs. Given words of the report
        instead: why they became none. Reads the report again."""
        return self._written("why", claim)

    def page(self, *, width: int = 80, colour: bool = False) -> str:
        """The record as a page to read, as `karar read` prints it."""
        return self._written("page", colour=colour, width=width)

    def explain(self) -> str:
        """Every layer of the reading."""
        return self._written("explain")

    # ---- as an object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._line == other._line

    def __hash__(self) -> int:
        return hash(self._line)

    def __reduce__(self) -> tuple[object, ...]:
        return Record, (self._line,)

    def __repr__(self) -> str:
        data = self.to_dict()
        parties = "-".join(party["id"] for party in data["parties"])
        counts = ", ".join(f"{len(data[kind])} {kind}" for kind in ("meetings", "instruments", "commitments") if data[kind])
        return f"<karar.Record {data['document']['uri']} {data['document']['lang']} {parties}: {counts or 'no facts'}>"
