# SPDX-License-Identifier: MIT
"""Reading reports, one or many."""
from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Union, TYPE_CHECKING

from . import _core, _errors
from ._record import Record

if TYPE_CHECKING:
    import datetime

Text = Union[str, bytes, "_core.Document"]
Date = Union[str, "datetime.date", None]
# A report with what was told of it: uri, lang, date, publisher.
Told = tuple[Text, Union[str, None], Union[str, None], Union[str, None], Union[str, None]]

# Reports that one thread reads at a time: enough that threads and columns cost little beside reading, few enough that memory stays small.
_RECORDS_COUNT, _RECORDS_SIZE = 128, 1 << 18
_COLUMNS_COUNT, _COLUMNS_SIZE = 4096, 4 << 20
_MAX_THREADS = 256


def _is_nothing(value: object) -> bool:
    """None, and what tables of other libraries have for it: NaN, NaT, NA."""
    if value is None:
        return True
    if isinstance(value, str):
        return False
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def _edtf(date: Any) -> str | None:
    """A date as the library takes it: EDTF."""
    if isinstance(date, str):
        return date
    if _is_nothing(date):
        return None
    if hasattr(date, "isoformat"):
        return str(date.isoformat())[:10]
    if type(date).__name__ == "datetime64":
        return str(date)[:10]
    raise TypeError(f"a date is a string (EDTF) or a datetime.date, not {type(date).__name__}")


def _string(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return None if _is_nothing(value) else str(value)


def _size(text: Text) -> int:
    return text.size if isinstance(text, _core.Document) else len(text)


class _Given:
    """What is told of each report: one value for all of them, or one for each."""

    def __init__(self, value: Any, convert: Callable[[Any], str | None]) -> None:
        self.convert = convert
        self.each: Iterator[Any] | None = None
        self.all: tuple[str | None, ...] = ()
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            self.all = (convert(value),)
        else:
            self.each = iter(value)

    def take(self, count: int) -> tuple[str | None, ...]:
        if self.each is None:
            return self.all
        taken = tuple(self.convert(value) for value in islice(self.each, count))
        if len(taken) != count:
            raise ValueError("fewer uris, langs, dates or publishers than texts")
        return taken


class _Chunk:
    """A run of reports that one thread reads, and what came of it."""

    __slots__ = ("first", "texts", "uris", "langs", "dates", "publishers", "results", "batch")

    def __init__(self, first: int, texts: list[Text], given: list[_Given]) -> None:
        self.first, self.texts = first, tuple(texts)
        self.uris, self.langs, self.dates, self.publishers = (one.take(len(texts)) for one in given)
        if not self.uris:
            self.uris = tuple(str(first + n) for n in range(len(texts)))
        self.results: list[Any] = []
        self.batch: _core.Batch | None = None

    def told(self, n: int) -> Told:
        uri, lang, date, publisher = (one[n if len(one) > 1 else 0] for one in (self.uris, self.langs, self.dates, self.publishers))
        return self.texts[n], uri, lang, date, publisher


class Reader:
    """Holds language packs and reads with them. `karar.read` and its like use one that is made when first needed; another one is wanted for
    packs of your own.

    A reader may be used by any number of threads at a time: each of them gets an engine of its own (some 20 MB with all languages), which is
    kept for the next.

    >>> import karar
    >>> reader = karar.Reader()
    >>> reader.languages
    ('en', 'hi', 'ru', 'ur')
    """

    def __init__(self, packs: Iterable[str | os.PathLike[str]] = ()) -> None:
        self._folders = tuple(os.fspath(folder) for folder in packs)
        self._idle: list[_core.Engine] = [_core.Engine(self._folders)]

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages that are read."""
        engine = self._take()
        try:
            return engine.languages
        finally:
            self._idle.append(engine)

    def _take(self) -> _core.Engine:
        try:
            return self._idle.pop()
        except IndexError:
            return _core.Engine(self._folders)

    def _write(self, form: str, source: Told, claim: str | None, colour: bool, width: int) -> str:
        engine = self._take()
        try:
            return engine.write(form, *source, claim, colour, width).decode("utf-8", "replace")
        finally:
            self._idle.append(engine)

    def _read_chunk(self, chunk: _Chunk, into_columns: bool, facts_only: bool) -> _Chunk:
        engine = self._take()
        try:
            chunk.batch = _core.Batch() if into_columns else None
            chunk.results = engine.read(chunk.texts, chunk.uris, chunk.langs, chunk.dates, chunk.publishers, chunk.batch, facts_only)
        finally:
            self._idle.append(engine)
        return chunk

    def read(self, text: Text, lang: str | None = None, date: Date = None, *, uri: str | None = None,
             publisher: str | None = None) -> Record:
        """Reads one report; see `karar.read`."""
        source: Told = (text, uri, lang, _edtf(date), publisher)
        engine = self._take()
        try:
            result = engine.read((text,), (uri,), (lang,), (source[3],), (publisher,))[0]
        finally:
            self._idle.append(engine)
        if isinstance(result, bytes):
            return Record(result, _source=source, _reader=self)
        error = _errors.make(*result)  # type: ignore[misc]
        error.uri = uri
        raise error

    def read_many(self, texts: Iterable[Text], lang: Any = None, date: Any = None, *, uri: Any = None, publisher: Any = None,
                  threads: int | None = None, on_error: str = "raise", facts_only: bool = False) -> Reading:
        """Reads many reports; see `karar.read_many`."""
        return Reading(self, texts, lang, date, uri, publisher, threads, on_error, facts_only)


class Reading:
    """Reports that are read as they are asked for, in the order in which they came. Made by `read_many`; it can be used once:

    - iterate over it for a Record a report, or
    - give it to what takes Arrow streams, for a row a claim.
    """

    def __init__(self, reader: Reader, texts: Iterable[Text], lang: Any, date: Any, uri: Any, publisher: Any, threads: int | None,
                 on_error: str, facts_only: bool) -> None:
        if isinstance(texts, (str, bytes)):
            raise TypeError("read_many takes many texts; read takes one")
        if on_error not in ("raise", "skip"):
            raise ValueError(f'on_error is "raise" or "skip", not {on_error!r}')
        if threads is not None and not 1 <= threads <= _MAX_THREADS:
            raise ValueError(f"threads: a number from 1 to {_MAX_THREADS}")
        self._reader, self._texts = reader, iter(texts)
        self._given = [_Given(() if uri is None else uri, _string), _Given(lang, _string), _Given(date, _edtf), _Given(publisher, _string)]
        if uri is None:     # told apart by their number
            self._given[0].each, self._given[0].all = None, ()
        self._threads = threads or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else threads or os.cpu_count() or 1
        self._raises, self._facts_only = on_error == "raise", facts_only
        self._used = False
        #: what could not be read, with on_error="skip": each with its `index` and `uri`
        self.errors: list[_errors.Error] = []
        #: reports that were read or skipped so far
        self.count = 0

    def _use(self) -> None:
        if self._used:
            raise RuntimeError("these reports were read already: read_many gives them once")
        self._used = True

    def _chunks(self, count: int, size: int) -> Iterator[_Chunk]:
        first, texts, room = 0, [], size
        for text in self._texts:
            texts.append(text)
            room -= _size(text) if isinstance(text, (str, bytes, _core.Document)) else 0
            if len(texts) == count or room <= 0:
                yield _Chunk(first, texts, self._given)
                first, texts, room = first + len(texts), [], size
        if texts:
            yield _Chunk(first, texts, self._given)

    def _read(self, into_columns: bool) -> Iterator[_Chunk]:
        chunks = self._chunks(_COLUMNS_COUNT if into_columns else _RECORDS_COUNT, _COLUMNS_SIZE if into_columns else _RECORDS_SIZE)
        if self._threads == 1:
            for chunk in chunks:
                yield self._reader._read_chunk(chunk, into_columns, self._facts_only)
            return
        from concurrent.futures import ThreadPoolExecutor
        ahead: deque[Any] = deque()
        executor = ThreadPoolExecutor(self._threads, thread_name_prefix="karar")
        try:
            for chunk in chunks:
                ahead.append(executor.submit(self._reader._read_chunk, chunk, into_columns, self._facts_only))
                if len(ahead) > self._threads:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _failed(self, chunk: _Chunk, n: int) -> None:
        error = _errors.make(*chunk.results[n])
        told = chunk.told(n)
        error.index, error.uri = chunk.first + n, told[0].uri if isinstance(told[0], _core.Document) else told[1]
        if self._raises:
            raise error
        self.errors.append(error)

    def __iter__(self) -> Iterator[Record]:
        self._use()
        for chunk in self._read(False):
            for n, result in enumerate(chunk.results):
                self.count += 1
                if isinstance(result, bytes):
                    yield Record(result, _source=chunk.told(n), _reader=self._reader)
                elif result is not None:
                    self._failed(chunk, n)

    def _batches(self) -> Iterator[_core.Batch]:
        for chunk in self._read(True):
            for n, result in enumerate(chunk.results):
                if result is not None:
                    self._failed(chunk, n)
            self.count += len(chunk.results)
            if chunk.batch is not None and chunk.batch.rows:
                yield chunk.batch

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The claims as a stream of Arrow record batches, handed over without a copy (the Arrow PyCapsule interface)."""
        self._use()
        return _core.stream(self._batches())

    def __arrow_c_schema__(self) -> object:
        """Names and types of the columns; reads nothing."""
        return _core.schema()

    def __repr__(self) -> str:
        return f"<karar.Reading: {self.count} reports so far, {len(self.errors)} left out>"


_shared: Reader | None = None


def _reader() -> Reader:
    global _shared
    if _shared is None:
        _shared = Reader()
    return _shared


def read(text: Text, lang: str | None = None, date: Date = None, *, uri: str | None = None, publisher: str | None = None) -> Record:
    """Reads one report.

    `text` is the report's text (str), the content of a file (bytes: a page, a PDF, a mail or a text in any usual encoding, told by content)
    or a Document of a Source. What is not given is told from the text: `lang` (BCP 47), `date` of the report (EDTF, or a datetime.date),
    `publisher`. `uri` names the report in the record.

    >>> import karar
    >>> record = karar.read("MOSCOW, Dec 4 2024: Pakistan and Russia signed a protocol on customs.", uri="agency/1")
    >>> record
    <karar.Record agency/1 en PAK-RUS: 1 instruments>
    >>> record.instruments[0].sectors
    ('customs',)

    Raises a karar.Error: EmptyText, NotText, BadEncoding, LimitPassed (more than 8 MiB), BadArgument and so on.
    """
    return _reader().read(text, lang, date, uri=uri, publisher=publisher)


def read_many(texts: Iterable[Text], lang: Any = None, date: Any = None, *, uri: Any = None, publisher: Any = None,
              threads: int | None = None, on_error: str = "raise", facts_only: bool = False) -> Reading:
    """Reads many reports, with as many threads as there are processors, or `threads`.

    `texts` is any iterable of what `read` takes; it is drawn from as reports are asked for, so it may be larger than memory. `lang`, `date`,
    `uri` and `publisher` are one value for all reports or an iterable with one for each; without `uri` a report is named by its number, from
    0. `on_error`: "raise" ends at the first report that cannot be read; "skip" leaves it out and notes it in `errors`. `facts_only` leaves out
    what a first look shows to state no fact, which is much faster over texts of all kinds.

    Iterate over the result for records, in the order of the texts:

    >>> import karar
    >>> texts = ["OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries.", "It rained all day.",
    ...          "LIMA, 5 May 2023: Peru and Chile signed an agreement on education."]
    >>> [[paper.parties for paper in record.instruments] for record in karar.read_many(texts)]
    [[('NOR', 'CHL')], [], [('PER', 'CHL')]]

    Or give it to a library that takes Arrow streams, for a row a claim (uri, published, lang, publisher, claim, kind, type, status, parties,
    ordinal, date, city, sectors, begin, end, char_begin, char_end, quote):

    >>> import pyarrow
    >>> table = pyarrow.table(karar.read_many(texts, uri=["a", "b", "c"]))
    >>> table.select(["uri", "kind", "parties"]).to_pylist()
    [{'uri': 'a', 'kind': 'instrument', 'parties': ['CHL', 'NOR']}, {'uri': 'c', 'kind': 'instrument', 'parties': ['CHL', 'PER']}]
    """
    return _reader().read_many(texts, lang, date, uri=uri, publisher=publisher, threads=threads, on_error=on_error, facts_only=facts_only)


class Source:
    """The documents inside a file of any kind: text, HTML, PDF, mail, JSON Lines, CSV, WARC and WET, packed by gzip or zstd or not. Iterate
    over it, or give it to `read_many`.

    `text_field`, `title_field`, `date_field` and `url_field` name fields of JSON Lines and CSV where they have unusual names. What cannot be
    had of the file (a broken record of an archive) raises, or is noted in `errors` with on_error="skip"; the rest is read.

    >>> import karar, tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "news.jsonl"
    >>> _ = file.write_text('{"url": "agency/1", "text": "Norway and Chile signed an agreement on fisheries."}\\n')
    >>> for record in karar.read_many(karar.Source(file)):
    ...     print(record)
    <karar.Record agency/1 en NOR-CHL: 1 instruments>
    """

    def __init__(self, path: str | os.PathLike[str], *, text_field: str | None = None, title_field: str | None = None,
                 date_field: str | None = None, url_field: str | None = None, on_error: str = "raise") -> None:
        if on_error not in ("raise", "skip"):
            raise ValueError(f'on_error is "raise" or "skip", not {on_error!r}')
        self._source = _core.Source(os.fspath(path), text_field, title_field, date_field, url_field)
        self._raises = on_error == "raise"
        #: what was left out, with on_error="skip"
        self.errors: list[_errors.Error] = []

    @property
    def progress(self) -> int:
        """Bytes read of the file so far."""
        return self._source.progress

    def __iter__(self) -> Iterator[_core.Document]:
        return self

    def __next__(self) -> _core.Document:
        while True:
            try:
                return next(self._source)
            except _errors.Error as error:
                if self._raises:
                    raise
                self.errors.append(error)
