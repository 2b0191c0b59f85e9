"""The texts that agreements are made from, in three languages. A version that has been published is never changed."""

import tomllib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samtall.base.text import Words

FOLDER = Path(__file__).resolve().parent / "data"

#: The text that new agreements on student work are made from, and its version.
STUDENT_WORK = ("student_work", 1)


@dataclass(frozen=True)
class Clause:
    """A paragraph, printed when everything in `when` is so."""

    when: frozenset[str]
    words: Words


@dataclass(frozen=True)
class Section:
    heading: Words
    clauses: tuple[Clause, ...]

    def clauses_for(self, truths: AbstractSet[str]) -> list[Clause]:
        return [one for one in self.clauses if one.when <= truths]


@dataclass(frozen=True)
class Text:
    title: Words
    labels: dict[str, Words]
    sections: tuple[Section, ...]


def file_of(name: str, version: int) -> Path:
    return FOLDER / f"{name}_{version}.toml"


@cache
def text(name: str, version: int) -> Text:
    """The text of a version; FileNotFoundError when there is none."""
    said = tomllib.loads(file_of(name, version).read_text(encoding="utf-8"))
    return Text(
        title=Words.from_dict(said["title"]),
        labels={name: Words.from_dict(words) for name, words in said["labels"].items()},
        sections=tuple(_section(one) for one in said["section"]),
    )


def _section(said: dict[str, Any]) -> Section:
    clauses = [Clause(frozenset(one.get("when", ())), Words.from_dict(one)) for one in said["clause"]]
    return Section(Words.from_dict(said["heading"]), tuple(clauses))
