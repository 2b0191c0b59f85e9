"""Finding and striking out what names somebody in text, and in data that holds text."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

STRUCK = "[…]"
AT_ONCE = 500


def pattern(words: Sequence[str]) -> "re.Pattern[str]":
    """Finds any of the words, whatever the capitals and spaces; also a name in the genitive or surname first."""
    return re.compile("|".join(_expression(way) for word in words for way in ways_to_write(word)), re.IGNORECASE)


def ways_to_write(word: str) -> list[str]:
    """A name as "Kari Nordmann" and "Nordmann, Kari"; an address as it is."""
    first, _, last = word.rpartition(" ")
    return [word] if "@" in word or not first else [word, f"{last}, {first}"]


def _expression(word: str) -> str:
    spaced = r"\s+".join(re.escape(piece) for piece in word.split())
    return rf"(?<![\w.+-]){spaced}(?![\w-])" if "@" in word else rf"(?<!\w){spaced}(?:['’]?s)?(?!\w)"


def struck(value: Any, found: "re.Pattern[str]") -> Any:
    """Text, or plain data with text in it, without what was found."""
    if isinstance(value, str):
        return found.sub(STRUCK, value)
    if isinstance(value, list | tuple):
        return [struck(one, found) for one in value]
    if isinstance(value, dict):
        return {struck(key, found): struck(one, found) for key, one in value.items()}
    return value


def strike(model: str, fields: Sequence[str], words: Sequence[str], *, within: Q | None = None) -> int:
    """Strike words out of text fields and JSON fields of a model, within a condition; how many rows."""
    if not words:
        return 0
    found, count = pattern(words), 0
    for row in naming(model, fields, words, within=within):
        before = {field: getattr(row, field) for field in fields}
        after = {field: struck(value, found) for field, value in before.items()}
        if after != before:
            apps.get_model(model)._base_manager.filter(pk=row.pk).update(**after)
            count += 1
    return count


def naming(model: str, fields: Sequence[str], words: Iterable[str], *, within: Q | None = None) -> Iterator[Any]:
    """The rows of which a field may hold any of the words: to be looked at closely."""
    kind = apps.get_model(model)
    rows = kind._base_manager.filter(within) if within is not None else kind._base_manager.all()
    rows = rows.annotate(**{f"text_of_{field}": Cast(field, models.TextField()) for field in fields})
    asked = [Q(**{f"text_of_{field}__icontains": way}) for field in fields for way in _as_stored(words)]
    keys = list(rows.filter(reduce(or_, asked)).values_list("pk", flat=True).distinct())
    for start in range(0, len(keys), AT_ONCE):
        yield from kind._base_manager.filter(pk__in=keys[start : start + AT_ONCE])


def _as_stored(words: Iterable[str]) -> set[str]:
    """The words as a database may hold them: it knows capitals of a–z only, and JSON is written in ASCII."""
    ways = {way for word in words for way in ways_to_write(word)}
    ways |= {form for way in ways for form in (way.lower(), way.upper(), way.title())}
    return ways | {json.dumps(way)[1:-1] for way in ways}
