"""SQL made from the tables, so that the columns stand in one place."""

from functools import cache
from typing import Any

from peewee import AutoField, CompositeKey, Model


def columns_of(table: type[Model]) -> tuple[str, ...]:
    """The column names of `table` in the order of its declaration."""
    fields = table._meta.sorted_fields
    return tuple(field.column_name for field in fields if not isinstance(field, AutoField))


@cache
def insert_into(table: type[Model], rows: int = 1) -> str:
    """An INSERT of so many rows with a parameter for each column."""
    columns = columns_of(table)
    names = ", ".join(f'"{name}"' for name in columns)
    row = f"({', '.join('?' * len(columns))})"
    return f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES {", ".join([row] * rows)}'


@cache
def update_of(table: type[Model], where: str, but: tuple[str, ...] = ()) -> str:
    """An UPDATE of every column but the key and those named in `but`, under the condition `where`."""
    names = ", ".join(f'"{name}" = ?' for name in columns_of(table) if name not in (*_keys(table), *but))
    return f'UPDATE "{table._meta.table_name}" SET {names} WHERE {where}'


def _keys(table: type[Model]) -> set[str]:
    """The columns of the primary key."""
    key: Any = table._meta.primary_key
    names = key.field_names if isinstance(key, CompositeKey) else (key.name,)
    return {table._meta.fields[name].column_name for name in names}
