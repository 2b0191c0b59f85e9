"""How alike a name and an entry are, as numbers that do not depend on how a name came to be written otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cpdist

from samtall.parties.matching.index import FORM_CODES, Array, Index
from samtall.parties.matching.query import Query
from samtall.parties.matching.retrieval import Found
from samtall.parties.matching.spelling import Spelt, folded, spell

#: Each feature, and whether more of it can only speak for the candidate (1), only against (-1), or either (0).
FEATURES = {
    "covered": 1, "shared": 1, "missed": -1, "extra": -1,
    "ratio": 1, "sorted_ratio": 1, "jaro": 1, "compact_ratio": 1, "begun": 1, "same_text": 1, "same_first": 1,
    "by_name": 1, "by_initials": 0, "form": 1, "numbers": 1,
    "municipality": 1, "postal_code": 1, "street": 1, "domain": 1, "domain_like": 1,
    "site": 0, "department": 0, "former": 0, "fits_day": 1, "closed": -1,
    "size": 1, "public": 0, "same_key": -1, "words": 0, "telling": 0, "length": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of a query and an entry of some index, those of one query together."""

    query: Array
    organisation: Array
    """The legal unit that counts."""
    unit: Array
    """The organisation itself: a department, where it is one."""
    site: Array
    until: Array
    same_key: Array
    names: list[str]
    features: Array

    def __getitem__(self, chosen: Array) -> "Compared":
        return Compared(
            self.query[chosen], self.organisation[chosen], self.unit[chosen], self.site[chosen], self.until[chosen],
            self.same_key[chosen], [self.names[at] for at in chosen.tolist()], self.features[chosen],
        )  # fmt: skip

    def feature(self, name: str) -> Array:
        column: Array = self.features[:, COLUMN[name]]
        return column


COLUMN = {name: number for number, name in enumerate(FEATURES)}


def joined(parts: Sequence[Compared]) -> Compared:
    """Pairs from several indexes, those of one query together again."""
    if len(parts) == 1:
        return parts[0]
    columns: list[Any] = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("query", "organisation", "unit", "site", "until", "same_key")
    ]
    names = [name for part in parts for name in part.names]
    columns += [names, np.concatenate([part.features for part in parts])]
    whole = Compared(*columns)
    return whole[np.argsort(whole.query, kind="stable")]


def compare(index: Index, queries: Sequence[Query], found: Found) -> Compared:
    entry = found.entry
    names = [index.name(at) for at in entry.tolist()]
    whose = found.query.tolist()
    asked = [queries[at] for at in whose]
    features = np.zeros((len(entry), len(FEATURES)), np.float32)
    spelt = list(spell(names)) if names else []
    values = (
        _of_words(found) | _of_text(asked, spelt) | _of_place(index, asked, entry) | _of_unit(index, asked, entry)
    )  # fmt: skip
    for name, column in values.items():
        features[:, COLUMN[name]] = column
    return Compared(
        found.query, np.asarray(index.top[entry]), np.asarray(index.organisation[entry]), np.asarray(index.site[entry]),
        np.asarray(index.until[entry]), np.asarray(index.same_key[entry]), names, features,
    )  # fmt: skip


def _of_words(found: Found) -> dict[str, Array]:
    return {
        "covered": found.covered, "shared": found.shared, "missed": found.missed, "extra": found.extra,
        "by_name": found.by_name, "by_initials": found.by_initials, "telling": found.telling,
    }  # fmt: skip


def _of_text(asked: Sequence[Query], spelt: Sequence[Spelt]) -> dict[str, Array]:
    ours, theirs = [one.spelt.text for one in asked], [one.text for one in spelt]
    our_words, their_words = [one.spelt.words for one in asked], [one.words for one in spelt]
    our_compact, their_compact = [one.spelt.compact for one in asked], [one.compact for one in spelt]
    size = len(ours)

    def alike(one: Sequence[str], other: Sequence[str], scorer: Any) -> Array:
        if not size:
            return np.zeros(0, np.float32)
        return np.asarray(cpdist(one, other, scorer=scorer, dtype=np.float32))

    return {
        "ratio": alike(ours, theirs, Indel.normalized_similarity),
        "sorted_ratio": alike(
            [" ".join(sorted(words)) for words in our_words],
            [" ".join(sorted(words)) for words in their_words],
            Indel.normalized_similarity,
        ),
        "jaro": alike(ours, theirs, JaroWinkler.normalized_similarity),
        "compact_ratio": alike(our_compact, their_compact, Indel.normalized_similarity),
        "same_text": np.array([one == other for one, other in zip(ours, theirs, strict=True)], np.float32),
        "same_first": np.array([a[:1] == b[:1] for a, b in zip(our_words, their_words, strict=True)], np.float32),
        "begun": np.array([_begun(a, b) for a, b in zip(our_words, their_words, strict=True)], np.float32),
        "numbers": np.array([_numbers(a, b) for a, b in zip(our_words, their_words, strict=True)], np.float32),
        "domain_like": _domain_like(asked, their_compact),
        "words": np.array([len(words) for words in our_words], np.float32),
        "length": np.array([len(text) for text in our_compact], np.float32),
    }


def _begun(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The share of our words that stand among theirs, whole or shortened at the end."""
    if not ours:
        return 0.0
    agree = sum(word in theirs or any(other.startswith(word) for other in theirs) for word in ours)
    return agree / len(ours)


def _numbers(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """1 for the same numbers or none, 0.5 where one side has none, 0 for other numbers."""
    one = {word for word in ours if word[0].isdigit()}
    other = {word for word in theirs if word[0].isdigit()}
    if one == other:
        return 1.0
    return 0.5 if one <= other or other <= one else 0.0


def _domain_like(asked: Sequence[Query], theirs: Sequence[str]) -> Array:
    """How alike the domain's own label is to the name; 0.5 where no domain is known."""
    values = np.full(len(asked), 0.5, np.float32)
    for at, (one, other) in enumerate(zip(asked, theirs, strict=True)):
        if one.domain:
            label = folded(one.domain.split(".")[-2]).replace(" ", "")
            values[at] = fuzz.ratio(label, other[: len(label) + 4]) / 100
    return values


def _of_place(index: Index, asked: Sequence[Query], entry: Array) -> dict[str, Array]:
    municipality = np.array([one.municipality for one in asked], np.int64)
    postal_code = np.array([one.postal_code for one in asked], np.int64)
    street = np.array([one.street for one in asked], np.int64)
    domain = np.array([one.domain_hash for one in asked], np.int64)
    return {
        "municipality": _agreement(municipality, index.municipality[entry].astype(np.int64), near=100),
        "postal_code": _agreement(postal_code, index.postal_code[entry].astype(np.int64), near=100),
        "street": _agreement(street, index.street[entry].astype(np.int64)),
        "domain": _agreement(domain, index.domain[entry].astype(np.int64)),
    }


def _agreement(ours: Array, theirs: Array, near: int = 0) -> Array:
    """1 for the same, 0 when not known, -1 for another, -0.5 for another that begins alike."""
    both = (ours > 0) & (theirs > 0)
    other = np.where(near and (ours // near == theirs // near) if near else False, -0.5, -1.0)
    agreement: Array = np.where(both, np.where(ours == theirs, 1.0, other), 0.0)
    return agreement


def _of_unit(index: Index, asked: Sequence[Query], entry: Array) -> dict[str, Array]:
    day = np.array([one.day for one in asked], np.int64)
    form = [one.spelt.form for one in asked]
    theirs = index.form[entry].tolist()
    site = index.site[entry] > 0
    until, since, closed = index.until[entry], index.since[entry], index.closed[entry]
    dated = day > 0
    now_or_then = np.where(dated, ((until == 0) | (day < until)) & (day >= since), until == 0)
    return {
        "form": np.array(
            [
                _form(ours, FORM_CODES[its], of_site)
                for ours, its, of_site in zip(form, theirs, site.tolist(), strict=True)
            ],
            np.float32,
        ),
        "site": site,
        "department": index.top[entry] != index.organisation[entry],
        "former": until > 0,
        "fits_day": now_or_then,
        "closed": np.where(closed > 0, np.where(dated & (day <= closed), 0.25, 1.0), 0.0),
        "size": index.size[entry],
        "public": index.public[entry],
        "same_key": np.log1p(index.same_key[entry]),
    }


def _form(ours: str, theirs: str, site: bool) -> float:
    """1 for the same, 0 when not said, -1 for another."""
    if not ours or not theirs or site:
        return 0.0
    return 1.0 if ours == theirs or {ours, theirs} == {"UTLA", "NUF"} else -1.0
