"""Inserting many rows by one statement, without making an object of each: five times as fast as `bulk_create`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

#: The values of one row, as the database takes them.
Values = list[Any]


class Insertion:
    """Inserts rows of some columns (`organisation_id` for a link); the other columns have their defaults."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
        usual = [field for name, field in fields.items() if name not in names and not field.primary_key]
        columns = [connection.ops.quote_name(field.column) for field in [*(fields[name] for name in names), *usual]]
        table = connection.ops.quote_name(model._meta.db_table)
        self._target = f"{table} ({', '.join(columns)})"
        self._places = ", ".join(["%s"] * len(columns))
        self._defaults = [field.get_db_prep_save(field.get_default(), connection) for field in usual]
        self._days = [place for place, name in enumerate(names) if isinstance(fields[name], models.DateField)]

    def values(self, *row: Any) -> Values:
        """A row made ready, which takes longer than inserting it and needs no transaction."""
        values = list(row)
        for place in self._days:
            values[place] = connection.ops.adapt_datefield_value(values[place])
        return values + self._defaults

    def insert(self, rows: Iterable[Values]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with connection.wrap_database_errors, cursor.copy(f"COPY {self._target} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                statement = f"INSERT INTO {self._target} VALUES ({self._places})"  # noqa: S608 (names of our own)
                cursor.executemany(statement, list(rows))
