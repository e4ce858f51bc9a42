# SPDX-License-Identifier: MIT
"""karar in Spark: texts, JSON or archives in, a row a claim out, by as many processes as the cluster has cores.

Needs pyspark and pyarrow where the driver and the workers run, and this package on each of them. The work is done by `mapInArrow`: Spark hands
over columns, karar's columns go back as they are.

    import karar.spark
    articles = spark.read.json("hdfs://…/news/*.json.gz")
    claims = karar.spark.claims(articles, text="body", uri="url", date="day")
    claims.write.parquet("hdfs://…/claims")

Nothing is lost: a report that cannot be read becomes a row whose `error` says why, all other rows have none there. A task that Spark runs again
(because a worker was lost) gives the same rows.
"""
from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, TYPE_CHECKING

from ._errors import Error
from ._read import Reading, Source, read_many

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

#: Columns of the frames that are made here, as Spark writes them.
SCHEMA = ("uri string, published string, lang string, publisher string, claim string, kind string, type string, status string, "
          "parties array<string>, ordinal int, date string, city string, sectors array<string>, begin bigint, end bigint, "
          "char_begin bigint, char_end bigint, quote string, error string")


def claims(frame: DataFrame, text: str = "text", *, uri: str | None = None, date: str | None = None, lang: str | None = None,
           publisher: str | None = None, facts_only: bool = False) -> DataFrame:
    """Reads the reports of a frame's column: a row a claim, with the columns of SCHEMA.

    `text` names the column with the texts (strings, or binary for pages, PDF and mails); `uri`, `date`, `lang` and `publisher` name columns
    with what is known of each report. Reports without a text are passed over. `facts_only` leaves out what a first look shows to state no
    fact, which is much faster where few texts do.
    """
    names = {"text": text, "uri": uri, "date": date, "lang": lang, "publisher": publisher}
    columns = [frame[column].alias(name) for name, column in names.items() if column is not None]
    return frame.select(*columns).mapInArrow(lambda batches: _claims_of_batches(batches, facts_only), SCHEMA)


def claims_of_files(spark: SparkSession, paths: Iterable[str], *, text_field: str | None = None, title_field: str | None = None,
                    date_field: str | None = None, url_field: str | None = None, facts_only: bool = False) -> DataFrame:
    """Reads the documents inside files (text, HTML, PDF, mail, JSON Lines, CSV, WARC and WET, packed or not): a row a claim.

    Every worker opens the paths itself, so they must lie where all of them see them. A file is a task; of an archive that is much larger
    than the others, make several. For files that Spark alone reaches, see `claims_of_contents`.
    """
    fields = (text_field, title_field, date_field, url_field)
    files = sorted(paths)
    frame = spark.createDataFrame([(path,) for path in files], "path string").repartition(max(len(files), 1), "path")
    return frame.mapInArrow(lambda batches: _claims_of_files(batches, fields, facts_only), SCHEMA)


def claims_of_contents(frame: DataFrame, path: str = "path", content: str = "content", *, facts_only: bool = False) -> DataFrame:
    """The same for files whose content is a column, as `spark.read.format("binaryFile")` gives it. A file must fit into memory."""
    chosen = frame.select(frame[path].alias("path"), frame[content].alias("content"))
    return chosen.mapInArrow(lambda batches: _claims_of_files(batches, (None,) * 4, facts_only), SCHEMA)


# ---- what runs on the workers -----------------------------------------------------------------------------------------------------------

def _with_errors(reading: Reading) -> Iterator[pyarrow.RecordBatch]:
    """The claims of the reading as they come, then a row for each report that could not be read."""
    import pyarrow
    reader = pyarrow.RecordBatchReader.from_stream(reading)
    schema = reader.schema.append(pyarrow.field("error", pyarrow.string()))
    for batch in reader:
        yield pyarrow.RecordBatch.from_arrays([*batch.columns, pyarrow.nulls(batch.num_rows, pyarrow.string())], schema=schema)
    if reading.errors:
        yield _error_rows(schema, [(error.uri, str(error)) for error in reading.errors])


def _error_rows(schema: pyarrow.Schema, errors: list[tuple[str | None, str]]) -> pyarrow.RecordBatch:
    import pyarrow
    return pyarrow.RecordBatch.from_pylist([{"uri": uri, "error": text} for uri, text in errors], schema=schema)


def _claims_of_batches(batches: Iterator[pyarrow.RecordBatch], facts_only: bool) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        kept = [n for n, text in enumerate(columns["text"]) if text is not None]
        told: dict[str, Any] = {name: [values[n] for n in kept] for name, values in columns.items() if name != "text"}
        texts = [columns["text"][n] for n in kept]
        yield from _with_errors(read_many(texts, threads=1, on_error="skip", facts_only=facts_only, **told))


def _claims_of_files(batches: Iterator[pyarrow.RecordBatch], fields: tuple[str | None, ...], facts_only: bool) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        for row in batch.to_pylist():
            with tempfile.TemporaryDirectory(prefix="karar-") as folder:
                path = row["path"]
                if "content" in row:
                    path = os.path.join(folder, os.path.basename(path))
                    with open(path, "wb") as file:
                        file.write(row["content"])
                yield from _claims_of_file(path, row["path"], fields, facts_only)


def _claims_of_file(path: str, name: str, fields: tuple[str | None, ...], facts_only: bool) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow
    text_field, title_field, date_field, url_field = fields
    errors: list[tuple[str | None, str]] = []
    try:
        source = Source(path, text_field=text_field, title_field=title_field, date_field=date_field, url_field=url_field, on_error="skip")
    except Error as error:
        errors.append((name, str(error)))
    else:
        yield from _with_errors(read_many(source, threads=1, on_error="skip", facts_only=facts_only))
        errors += [(name, str(error)) for error in source.errors]
    if errors:
        yield _error_rows(pyarrow.schema(read_many(())).append(pyarrow.field("error", pyarrow.string())), errors)
