"""The contract of a cube that another engine made: the declared tables as Parquet, checked column by column while they
are read, and then against each other by the questions of queries/contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as kinds

from hall import sql
from hall.model import HallError

# Of the tables in queries/schema/cube.sql: another number whenever a table, a column, a type or a meaning changes.
VERSION = 1
META, COLUMN = "meta", "cube_version"
_AT_ONCE = 500_000


def fill(con: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> None:
    """Read the files of a table into it. HallError not_readable; contract_columns, contract_type or contract_value
    with the column."""
    wanted = con.table(name).limit(0).to_arrow_table().schema
    for file in files:
        for batch in _batches(file, name, wanted):
            columns = [_column(name, field, batch.column(field.name)) for field in wanted]
            con.from_arrow(pa.table(columns, schema=wanted)).insert_into(name)


def examine(con: duckdb.DuckDBPyConnection, known: Mapping[str, object]) -> None:
    """Ask every question of queries/contract of a filled cube; ``known`` are their parameters. HallError named after
    the question, with the first place where it fails: contract_codes, contract_doubled, contract_limits, contract_sums,
    in this order."""
    for name in sql.names("contract"):
        asked = con.execute(sql.text(name), {key: known[key] for key in sql.parameters(name)})
        columns = [column[0] for column in asked.description or ()]
        if (row := asked.fetchone()) is not None:
            code = name.partition("/")[2].partition("_")[0]
            raise HallError(f"contract_{code}", **dict(zip(columns, row, strict=True)))


def version(files: Sequence[Path]) -> None:
    """Read which version of the tables the maker had in mind. HallError not_readable, contract_columns, contract_type,
    contract_value, contract_version."""
    field = pa.field(COLUMN, pa.int32())
    found = [value for file in files for batch in _batches(file, META, pa.schema([field]))
             for value in _column(META, field, batch.column(COLUMN)).to_pylist()]  # fmt: skip
    if set(found) != {VERSION}:
        told = " ".join(map(str, sorted(set(found)))) or "-"
        raise HallError("contract_version", found=told, wanted=VERSION)


def _batches(path: Path, name: str, wanted: pa.Schema) -> Iterator[pa.RecordBatch]:
    try:
        with pq.ParquetFile(path) as file:
            have = file.schema_arrow
            missing = [column for column in wanted.names if column not in have.names]
            more = [column for at, column in enumerate(have.names)
                    if column not in wanted.names or column in have.names[:at]]  # fmt: skip
            if missing or more:
                told = {"missing": " ".join(missing) or "-", "more": " ".join(more) or "-"}
                raise HallError("contract_columns", file=path.name, table=name, **told)
            for field in wanted:
                if not _fits(have.field(field.name).type, field.type):
                    found = {"found": str(have.field(field.name).type), "wanted": str(field.type)}
                    raise HallError("contract_type", table=name, column=field.name, **found)
            yield from file.iter_batches(_AT_ONCE, columns=wanted.names)
    except (pa.ArrowException, OSError) as fault:
        raise HallError("not_readable", file=path, detail=str(fault).splitlines()[0]) from fault


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether every value of a type can be told in the other: engines write whole numbers as many types."""
    if kinds.is_dictionary(found):
        return _fits(found.value_type, wanted)
    if kinds.is_integer(wanted) or kinds.is_decimal(wanted):
        return bool(kinds.is_integer(found) or kinds.is_decimal(found) or kinds.is_floating(found))
    if kinds.is_date(wanted):
        return bool(kinds.is_date(found) or (kinds.is_timestamp(found) and found.tz is None))
    return found in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary())


def _column(name: str, field: pa.Field, found: pa.Array) -> pa.Array:
    """The values in the declared type, none of them changed by it. HallError contract_value."""
    try:
        if found.null_count:
            raise pa.ArrowInvalid("null")
        made = found.cast(field.type)
        if kinds.is_timestamp(found.type) and not pc.all(pc.equal(made.cast(found.type), found)).as_py():
            raise pa.ArrowInvalid("00:00")
        if len(made) and not kinds.is_string(made.type) and not kinds.is_date(made.type):
            least = pc.min(made).as_py()
            if least < 0:
                raise pa.ArrowInvalid(str(least))
    except pa.ArrowException as fault:
        detail = str(fault).splitlines()[0]
        raise HallError("contract_value", table=name, column=field.name, detail=detail) from fault
    return made
