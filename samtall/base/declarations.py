"""Declarations that people keep in TOML files: read strictly, so that what is missing can be named by its place."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import LANGUAGES, Words


class UnreadableDeclaration(Refusal):
    """The text does not declare what it should; the message says what is missing and where."""


class Table:
    """A table of a declaration that knows where it stands."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values, self.where = values, where

    def get(self, name: str, kind: Any, default: Any = None, *, required: bool = True) -> Any:
        """A value of one sort, or the default; refused where it is required and missing, or of another sort."""
        value = self.values.get(name, default)
        if value is None and not required:
            return None
        if not isinstance(value, kind):
            raise UnreadableDeclaration(
                _("“%(name)s” is missing or of the wrong sort in %(where)s.") % {"name": name, "where": self.where}
            )
        return value

    def words(self, name: str = "") -> Words:
        """A text in three languages: this table, or the one in it with that name."""
        table = self.table(name) if name else self
        return Words(*(str(table.get(language, str)) for language in LANGUAGES))

    def words_or_none(self, name: str) -> Words | None:
        return self.words(name) if name in self.values else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none."""
        values = self.get(name, list, [])
        for value in values:
            if not isinstance(value, str):
                raise UnreadableDeclaration(
                    _("“%(name)s” holds something that is not a text in %(where)s.")
                    % {"name": name, "where": self.where}
                )
        return tuple(values)

    def table(self, name: str) -> "Table":
        return Table(self.get(name, dict), f"{self.where}, {name}")

    def tables(self, name: str) -> list["Table"]:
        rows = self.get(name, list, [])
        return [self._row(row, name, number) for number, row in enumerate(rows, start=1)]

    def _row(self, row: Any, name: str, number: int) -> "Table":
        where = f"{self.where}, {name} {number}"
        if not isinstance(row, dict):
            raise UnreadableDeclaration(_("%(where)s is not a table.") % {"where": where})
        return Table(row, where)

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Raise UnreadableDeclaration when something stands here that nothing reads, such as a misspelt name."""
        for name in sorted(set(self.values) - known):
            raise UnreadableDeclaration(
                _("“%(name)s” is not known in %(where)s.") % {"name": name, "where": self.where}
            )


def read_text(text: str, *, name: str) -> Table:
    """The declaration in a text. Raises UnreadableDeclaration."""
    try:
        return Table(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableDeclaration(
            _("%(file)s is not readable as TOML: %(why)s.") % {"file": name, "why": error}
        ) from None


def read_file(path: Path) -> Table:
    """The declaration in a file. Raises UnreadableDeclaration."""
    return read_text(text_of(path), name=path.name)


def text_of(path: Path) -> str:
    """What stands in a file. Raises UnreadableDeclaration."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableDeclaration(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": error.strerror}
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableDeclaration(
            _("%(file)s is not readable as TOML: %(why)s.") % {"file": path.name, "why": error}
        ) from None


def write_text(values: Mapping[str, Any]) -> str:
    """A declaration as TOML that reads back as the same: texts, whole numbers, yes and no, lists and tables.

    What is plain comes before tables, in the order given; so the same values are always the same text.
    """
    return "\n".join(_lines(values, ())).lstrip("\n") + "\n"


def _lines(values: Mapping[str, Any], within: tuple[str, ...]) -> Iterator[str]:
    plain = {name: value for name, value in values.items() if not _is_table(value)}
    yield from (f"{_name(name)} = {_written(value)}" for name, value in plain.items())
    for name, value in values.items():
        if name not in plain:
            place = (*within, _name(name))
            tables, head = (value, "[[{}]]") if isinstance(value, list) else ([value], "[{}]")
            for table in tables:
                yield from ("", head.format(".".join(place)), *_lines(table, place))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


def _name(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _written(name)


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # as JSON writes them, so does TOML
    raise TypeError(f"a declaration does not hold {type(value).__name__}")
