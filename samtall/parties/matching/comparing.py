"""How alike a name and an entry are, as numbers that do not depend on how a name came to be written otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cpdist

from samtall.parties.matching.index import FORM_NUMBERS, Array, Index, stretches
from samtall.parties.matching.query import Query
from samtall.parties.matching.retrieval import Found
from samtall.parties.matching.spelling import folded

#: Each feature, and whether more of it can only speak for the candidate (1), only against (-1), or either (0).
FEATURES = {
    "covered": 1, "shared": 1, "missed": -1, "extra": -1,
    "ratio": 1, "sorted_ratio": 1, "jaro": 1, "compact_ratio": 1, "begun": 1, "same_text": 1, "same_first": 1,
    "by_name": 1, "by_initials": 0, "form": 1, "numbers": 1,
    "municipality": 1, "postal_code": 1, "street": 1, "domain": 1, "domain_like": 1,
    "site": 0, "department": 0, "proprietor": 0, "former": 0, "fits_day": 1, "closed": -1,
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
    index: Array
    """Which of the indexes that were asked, and which entry of it."""
    entry: Array
    features: Array

    def __getitem__(self, chosen: Array) -> "Compared":
        return Compared(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def feature(self, name: str) -> Array:
        column: Array = self.features[:, COLUMN[name]]
        return column


COLUMN = {name: number for number, name in enumerate(FEATURES)}


def joined(parts: Sequence[Compared]) -> Compared:
    """Pairs from several indexes, those of one query together again."""
    if len(parts) == 1:
        return parts[0]
    whole = Compared(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Compared)))
    _count_bearers(whole)
    return whole[np.argsort(whole.query, kind="stable")]


def _count_bearers(pairs: Compared) -> None:
    """Let a name that units of several indexes bear be as common as it is in all of them."""
    same = np.flatnonzero(pairs.feature("same_text") == 1)
    bearers = np.unique(np.stack([pairs.query[same], pairs.organisation[same]]), axis=1)[0]
    count = np.bincount(bearers, minlength=int(pairs.query.max(initial=0)) + 1)[pairs.query[same]]
    pairs.same_key[same] = np.maximum(pairs.same_key[same], np.minimum(count, 255))
    pairs.feature("same_key")[same] = np.log1p(pairs.same_key[same].astype(np.float32))


def compare(index: Index, queries: Sequence[Query], found: Found, number: int = 0) -> Compared:
    """Measure the pairs found in an index; `number` is which of the indexes it is."""
    entry, query = found.entry, found.query
    features = np.zeros((len(entry), len(FEATURES)), np.float32)
    values = (
        _of_words(found)
        | _of_text(index, queries, found)
        | _of_place(index, queries, query, entry)
        | _of_unit(index, queries, query, entry)
    )
    for name, column in values.items():
        features[:, COLUMN[name]] = column
    return Compared(
        query, index.top[entry], index.organisation[entry], index.site[entry], index.until[entry],
        index.same_key[entry], np.full(len(entry), number), entry, features,
    )  # fmt: skip


def _of_words(found: Found) -> dict[str, Array]:
    return {
        "covered": found.covered, "shared": found.shared, "missed": found.missed, "extra": found.extra,
        "by_name": found.by_name, "by_initials": found.by_initials, "telling": found.telling,
    }  # fmt: skip


def _of_text(index: Index, queries: Sequence[Query], found: Found) -> dict[str, Array]:
    whose = found.query.tolist()
    their_words = _words(index, found.entry)
    ours, sorted_ours, compact_ours = (
        [texts[at] for at in whose]
        for texts in (
            [" ".join(one.words) for one in queries],
            [" ".join(sorted(one.words)) for one in queries],
            [one.spelt.compact for one in queries],
        )
    )
    theirs, compact = [" ".join(words) for words in their_words], ["".join(words) for words in their_words]
    alike = {
        "ratio": _alike(ours, theirs, Indel.normalized_similarity),
        "sorted_ratio": _alike(
            sorted_ours, [" ".join(sorted(words)) for words in their_words], Indel.normalized_similarity
        ),
        "jaro": _alike(ours, theirs, JaroWinkler.normalized_similarity),
        "compact_ratio": _alike(compact_ours, compact, Indel.normalized_similarity),
    }
    our_words = [queries[at].words for at in whose]
    lacks = (found.missed > 0.02).tolist()
    return alike | {
        "same_text": np.array([one == other for one, other in zip(ours, theirs, strict=True)], np.float32),
        "same_first": np.array([a[:1] == b[:1] for a, b in zip(our_words, their_words, strict=True)], np.float32),
        "begun": np.array(
            [_begun(a, b) if some else 1.0 for a, b, some in zip(our_words, their_words, lacks, strict=True)],
            np.float32,
        ),
        "numbers": _numbers(our_words, their_words),
        "domain_like": _domain_like(queries, whose, compact),
        "words": np.array([len(one.words) for one in queries], np.float32)[found.query],
        "length": np.array([len(one.spelt.compact) for one in queries], np.float32)[found.query],
    }


def _words(index: Index, entry: Array) -> list[tuple[str, ...]]:
    """The words of each entry, in their one spelling."""
    starts = index.word_starts[entry].astype(np.int64)
    counts = index.word_starts[entry + 1].astype(np.int64) - starts
    words = [
        word.decode(errors="replace") for word in index.vocabulary[index.words[stretches(starts, counts)]].tolist()
    ]
    ends = np.cumsum(counts).tolist()
    return [tuple(words[first:last]) for first, last in zip([0, *ends], ends, strict=False)]


def _alike(ours: Sequence[str], theirs: Sequence[str], scorer: Any) -> Array:
    if not ours:
        return np.zeros(0, np.float32)
    return np.asarray(cpdist(ours, theirs, scorer=scorer, dtype=np.float32))


def _begun(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The share of our words that stand among theirs, whole or shortened at the end."""
    if not ours:
        return 0.0
    return sum(any(other.startswith(word) for other in theirs) for word in ours) / len(ours)


def _numbers(ours: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> Array:
    """1 for the same numbers or none, 0.5 where one side has none, 0 for other numbers."""
    agreement = np.ones(len(ours), np.float32)
    for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        our_numbers, their_numbers = [[w for w in words if w[0].isdigit()] for words in (one, other)]
        if our_numbers != their_numbers:
            some, more = set(our_numbers), set(their_numbers)
            agreement[at] = 1 if some == more else 0.5 if some <= more or more <= some else 0
    return agreement


def _domain_like(queries: Sequence[Query], whose: Sequence[int], theirs: Sequence[str]) -> Array:
    """How alike the domain's own label is to the name; 0.5 where no domain is known."""
    labels = [folded(one.domain.split(".")[-2]).replace(" ", "") if one.domain else "" for one in queries]
    values = np.full(len(whose), 0.5, np.float32)
    for at, (number, other) in enumerate(zip(whose, theirs, strict=True)):
        if label := labels[number]:
            values[at] = fuzz.ratio(label, other[: len(label) + 4]) / 100
    return values


def _of_place(index: Index, queries: Sequence[Query], query: Array, entry: Array) -> dict[str, Array]:
    def agreement(name: str, known: str, near: int = 0) -> Array:
        ours = np.array([getattr(one, known) for one in queries], np.int64)[query]
        return _agreement(ours, getattr(index, name)[entry].astype(np.int64), near)

    return {
        "municipality": agreement("municipality", "municipality", near=100),
        "postal_code": agreement("postal_code", "postal_code", near=100),
        "street": agreement("street", "street"),
        "domain": agreement("domain", "domain_hash"),
    }


def _agreement(ours: Array, theirs: Array, near: int) -> Array:
    """1 for the same, 0 when not known, -1 for another, -0.5 for another that begins alike."""
    other = np.where(ours // near == theirs // near, -0.5, -1.0) if near else -1.0
    return np.where((ours > 0) & (theirs > 0), np.where(ours == theirs, 1.0, other), 0.0)


def _of_unit(index: Index, queries: Sequence[Query], query: Array, entry: Array) -> dict[str, Array]:
    day = np.array([one.day for one in queries], np.int64)[query]
    form = np.array([FORM_NUMBERS.get(one.spelt.form, 0) for one in queries], np.int64)[query]
    theirs, site = index.form[entry].astype(np.int64), index.site[entry] > 0
    until, since, closed = index.until[entry], index.since[entry], index.closed[entry]
    then = ((until == 0) | (day < until)) & (day >= since)
    foreign = np.isin(form, _FOREIGN) & np.isin(theirs, _FOREIGN)
    told = (form > 0) & (theirs > 0) & ~site
    return {
        "form": np.where(told, np.where((form == theirs) | foreign, 1.0, -1.0), 0.0),
        "site": site,
        "proprietor": theirs == FORM_NUMBERS["ENK"],
        "department": index.top[entry] != index.organisation[entry],
        "former": until > 0,
        "fits_day": np.where(day > 0, np.where(then, 1.0, -1.0), 0.5 * (until == 0)),
        "closed": np.where(closed > 0, np.where((day > 0) & (day <= closed), 0.25, 1.0), 0.0),
        "size": index.size[entry],
        "public": index.public[entry],
        "same_key": np.log1p(index.same_key[entry]),
    }


_FOREIGN = [FORM_NUMBERS["UTLA"], FORM_NUMBERS["NUF"]]
