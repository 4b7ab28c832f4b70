"""SQL made from the tables, so that the columns stand in one place."""

from functools import cache

from peewee import ForeignKeyField, Model


def columns_of(table: type[Model]) -> tuple[str, ...]:
    """The column names of `table` in the order of its declaration."""
    fields = table._meta.sorted_fields
    return tuple(field.column_name for field in fields if not _is_serial(field) or isinstance(field, ForeignKeyField))


@cache
def insert_into(table: type[Model]) -> str:
    """An INSERT of one row with a parameter for each column."""
    columns = columns_of(table)
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({", ".join("?" * len(columns))})'


@cache
def update_of(table: type[Model], where: str) -> str:
    """An UPDATE of every column but the key, under the condition `where`."""
    keys = {field.column_name for field in table._meta.get_primary_keys()}
    names = ", ".join(f'"{name}" = ?' for name in columns_of(table) if name not in keys)
    return f'UPDATE "{table._meta.table_name}" SET {names} WHERE {where}'


def _is_serial(field: object) -> bool:
    return type(field).__name__ == "AutoField"
