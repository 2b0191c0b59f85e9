"""Names as they are compared: folded to plain letters, split into words, each word in one spelling.

Folding is lossy on purpose ("Bø", "Boe", "BO" and "BÃ¸" are all "bo"): it decides what is looked at. How alike two
names are is measured afterwards.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samtall.parties.legal_forms import NAME_ENDINGS

#: Word endings of a name that tell its legal form, with what people write for it.
FORMS = {ending: ending.upper() for ending in NAME_ENDINGS} | {
    "aksjeselskap": "AS", "sam": "SAM", "se": "SE", "spa": "SPA", "fli": "FLI", "orgl": "ORGL", "pk": "PK",
    "ab": "UTLA", "aps": "UTLA", "gmbh": "UTLA", "ltd": "UTLA", "limited": "UTLA", "oy": "UTLA", "inc": "UTLA",
    "llc": "UTLA",
}  # fmt: skip
#: Forms that are a form wherever they stand in a name; the others only at its end.
ANYWHERE = frozenset({"as", "asa"})
#: Words that initialisms may leave out.
SMALL_WORDS = frozenset("og i for av pa til the of and ved med de den det".split())

_LETTERS = {"æ": "a", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "&": " og ", "+": " og "}
#: Left out without a gap; the last two stand where a letter was lost on the way.
_SILENT = "'’`´ʼ\u00ad?\ufffd"
_FORM_MARKS = (("a/s", "as"), ("a.s.", "as"), ("a/l", "al"), ("p/r", "pr"), ("b/a", "ba"))
_HELD_BY = re.compile(r"\s(?:v/|c/o|att[:.]|att:)\s?.*$", re.IGNORECASE)
_TWICE_ENCODED = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]|Ã")


class _Table(dict[int, str | None]):
    """What becomes of each character; whatever is neither a letter nor a digit becomes a space."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if character.isalnum() or character in " \n":
            made: str | None = character
        else:
            made = None if unicodedata.combining(character) or character in _SILENT else " "
        self[code] = made
        return made


_TABLE = _Table({ord(letter): made for letter, made in _LETTERS.items()})


def repaired(text: str) -> str:
    """Text as it was before UTF-8 was read as Latin-1: "BÃ¸" is "Bø"."""
    if _TWICE_ENCODED.search(text):
        for wrong in ("cp1252", "latin-1"):
            try:
                return text.encode(wrong).decode("utf-8")
            except UnicodeError:
                continue
    return text


def folded(text: str) -> str:
    """Small plain letters, digits and spaces; line breaks are kept, so that many names can be folded at once."""
    text = unicodedata.normalize("NFKD", text.casefold())
    for mark, form in _FORM_MARKS:
        if mark in text:
            text = text.replace(mark, form)
    text = text.translate(_TABLE)
    return text.replace("ae", "a").replace("oe", "o").replace("aa", "a")


@cache
def one_spelling() -> dict[str, str]:
    """Each folded word of words.csv, and the spelling that stands for it."""
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")]
    return {folded(word).strip(): folded(row[0]).strip() for row in rows for word in row}


def without_form(words: list[str]) -> tuple[list[str], str]:
    """The words of a name without its legal form, and the form's code or ""."""
    form = ""
    kept = []
    last = len(words) - 1
    for place, word in enumerate(words):
        if word in FORMS and (
            word in ANYWHERE
            or place == last
            or words[place + 1] == "avd"
            or (place == last - 1 and words[last] in FORMS)
        ):
            form = FORMS[word]
        else:
            kept.append(word)
    return (kept, form) if kept else (words, "")


@dataclass(frozen=True, slots=True)
class Spelt:
    """A name taken apart. `text` is folded and without legal form; `words` are in their one spelling."""

    text: str
    words: tuple[str, ...]
    form: str

    @property
    def compact(self) -> str:
        return "".join(self.words)


def spelt(name: str) -> Spelt:
    return next(spell([name]))


def spell(names: Iterable[str]) -> Iterator[Spelt]:
    """Names taken apart, many at once."""
    lines = folded("\n".join(repaired(name.replace("\n", " ")) for name in names)).split("\n")
    spelling = one_spelling()
    for line in lines:
        kept, form = without_form(line.split())
        yield Spelt(" ".join(kept), tuple(spelling.get(word, word) for word in kept), form)


def asked(name: str) -> str:
    """What was typed, without who it is held by: "Bø Bygg AS v/ Kari Nordmann" is "Bø Bygg AS"."""
    shorter = _HELD_BY.sub("", " " + name).strip()
    return shorter or name
