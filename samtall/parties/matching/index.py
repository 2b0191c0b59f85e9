"""The index: names of units as arrays, and tables that lead from words to them.

Every array is plain numpy, so that an index can be kept in files and mapped into memory by many processes at once.
A table leads from a hash to entries; entries that have nothing to do with a name may turn up, and are compared away.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from samtall.parties.legal_forms import LEGAL_FORMS
from samtall.parties.matching import hashing
from samtall.parties.matching.hashing import Numbers
from samtall.parties.matching.reading import Entry
from samtall.parties.matching.spelling import ANYWHERE, FORMS, SMALL_WORDS, folded, one_spelling

#: Names in the whole register with its work sites: what weights of words are reckoned against.
ALL_NAMES = 2_300_000
#: From so many entries on, how common a word is shows from the index itself.
LARGE = 300_000
#: From so many letters on, a word may have a letter wrong, or more but for so many at one of its ends.
FUZZY_FROM = 4
ENDS_FROM, ENDS = 6, 4
_PAIRED_WORDS = 6
FORM_CODES = ["", *sorted(LEGAL_FORMS)]
FORM_NUMBERS = {form: number for number, form in enumerate(FORM_CODES)}

Array = npt.NDArray[Any]


@cache
def _common() -> dict[str, float]:
    """How large a part of all names has a word, for common words, whatever is in the index."""
    lines = (Path(__file__).parent / "frequent.csv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(",") for line in lines if line and not line.startswith("#"))
    return {word: int(share) / 100_000 for word, share in pairs}


def weight_of(word: str) -> float:
    """How telling a word is that no index knows, from 0 to 1."""
    return weight(_common().get(word, 0) * ALL_NAMES)


def weight(names: float) -> float:
    """How telling a word is that stands in so many of all names."""
    return math.log(ALL_NAMES / max(names, 1.0)) / math.log(ALL_NAMES)


@dataclass(frozen=True, slots=True)
class Index:
    """Columns by entry, then the words, then the tables."""

    organisation: Array
    site: Array
    top: Array  # the legal unit that a department is part of; else the organisation
    form: Array
    closed: Array
    since: Array
    until: Array
    municipality: Array
    postal_code: Array
    size: Array
    public: Array
    domain: Array
    street: Array
    same_key: Array  # how many units have a name of the same words
    name_starts: Array
    names: Array  # UTF-8, one after another
    word_starts: Array
    words: Array
    telling: Array  # the weight of all its words

    vocabulary: Array  # sorted; a word's number is its place
    weights: Array
    postings_starts: Array
    postings: Array

    pair_hash: Array
    pair_entry: Array
    key_hash: Array
    key_entry: Array
    compact_hash: Array
    compact_entry: Array
    initials_hash: Array
    initials_entry: Array
    domain_hash: Array
    domain_entry: Array
    letters_hash: Array
    letters_word: Array

    def __len__(self) -> int:
        return len(self.organisation)

    def name(self, entry: int) -> str:
        return bytes(self.names[self.name_starts[entry] : self.name_starts[entry + 1]]).decode()

    def save(self, folder: Path) -> None:
        for one in fields(self):
            np.save(folder / f"{one.name}.npy", getattr(self, one.name))

    @classmethod
    def kept(cls, folder: Path) -> "Index":
        return cls(*(np.load(folder / f"{one.name}.npy", mmap_mode="r") for one in fields(cls)))


def build(batches: Iterable[list[Entry]]) -> Index:
    return _Builder(batches).index()


def municipality_word(vocabulary: int, municipality: Array) -> Numbers:
    """The number that stands for a municipality among the words, for pairs of a word and a place."""
    return municipality.astype(np.int64) + (vocabulary + 1)


def stretches(starts: Array, counts: Array) -> Numbers:
    """All places of stretches that begin at `starts` and have `counts` places, one after another."""
    if not len(counts):
        return np.zeros(0, np.int64)
    before = np.cumsum(counts) - counts
    places: Numbers = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - before, counts)
    return places


class _Builder:
    def __init__(self, batches: Iterable[list[Entry]]) -> None:
        self.ids: dict[str, int] = defaultdict()
        self.ids.default_factory = self.ids.__len__
        self.columns: dict[str, list[Array]] = defaultdict(list)
        self.owners: dict[int, int] = {}
        for batch in batches:
            if batch:
                self._read(batch)
        if not self.columns:
            self._read([])

    def _read(self, batch: list[Entry]) -> None:
        lines = folded("\n".join([entry.name for entry in batch])).split("\n") if batch else []
        words = [line.split() for line in lines]
        counts = np.fromiter(map(len, words), np.int64, len(words))
        raw = np.fromiter(map(self.ids.__getitem__, chain.from_iterable(words)), np.int32, int(counts.sum()))
        names = [entry.name.encode() for entry in batch]
        self._add(raw=raw, counts=counts, lengths=np.fromiter(map(len, names), np.int64, len(names)))
        self._add(names=np.frombuffer(b"".join(names), np.uint8))
        columns = list(zip(*batch, strict=True)) or [()] * len(Entry._fields)
        said = dict(zip(Entry._fields, columns, strict=True))
        whole: dict[str, Any] = dict.fromkeys(("organisation", "site", "closed", "since", "until"), np.int64)
        whole |= {"municipality": np.uint16, "postal_code": np.uint16, "size": np.uint8, "public": np.bool_}
        self._add(**{name: np.array(said[name], dtype) for name, dtype in whole.items()})
        self._add(form=np.array([FORM_NUMBERS.get(form, 0) for form in said["form"]], np.uint8))
        self._add(domain=hashes_of(list(said["domain"])), street=street_hashes(list(said["street"])))
        self.owners |= {unit: owner for unit, owner in zip(said["organisation"], said["part_of"], strict=True) if owner}

    def _add(self, **columns: Array) -> None:
        for name, column in columns.items():
            self.columns[name].append(column)

    def index(self) -> Index:
        every = {name: np.concatenate(columns) for name, columns in self.columns.items()}
        raw_words = list(self.ids)
        spelling = one_spelling()
        vocabulary, number_of = np.unique(
            hashing.as_words([spelling.get(word, word) for word in raw_words]), return_inverse=True
        )
        words, counts = _without_forms(every.pop("raw"), every.pop("counts"), raw_words)
        words = number_of[words].astype(np.int32) if len(words) else words
        starts = _starts(counts)
        keys = hashing.sums(hashing.mixed(words), starts)
        kept = _not_said_twice(every, keys)
        lengths = every.pop("lengths")
        name_starts = _starts(lengths)
        names = every.pop("names")
        if not kept.all():
            names = names[np.repeat(kept, lengths)]
            name_starts = _starts(lengths[kept])
            words = words[np.repeat(kept, counts)]
            starts, keys = _starts(counts[kept]), keys[kept]
            every = {name: column[kept] for name, column in every.items()}
        top = self._tops(every["organisation"])
        known = _vocabulary(vocabulary, words, starts)
        return Index(
            **every,
            telling=_sums(known["weights"][words], starts),
            top=top,
            same_key=_shared(keys, top),
            name_starts=name_starts,
            names=names,
            word_starts=starts,
            words=words,
            **known,
            **_tables(vocabulary, words, starts, keys, every["municipality"], every["domain"]),
        )

    def _tops(self, organisations: Array) -> Array:
        top = organisations.copy()
        if self.owners:
            below = np.isin(organisations, np.fromiter(self.owners, np.int64))
            top[below] = [self._top(int(unit)) for unit in organisations[below]]
        return top

    def _top(self, unit: int) -> int:
        seen = {unit}
        while (above := self.owners.get(unit)) and above not in seen:
            seen.add(unit := above)
        return unit


def hashes_of(texts: list[str]) -> Array:
    """A hash of 32 bits for each; 0 for nothing."""
    hashes = hashing.of_texts(texts)
    short: Array = np.where(hashes > 0, hashing.shortened(hashes) | np.uint32(1), np.uint32(0))
    return short


def street_hashes(streets: list[str]) -> Array:
    """The hash of each street and number, however it is written."""
    spelling = one_spelling()
    lines = folded("\n".join(streets)).split("\n") if streets else []
    return hashes_of(["".join([spelling.get(word, word) for word in line.split()]) for line in lines])


def distinct(numbers: Array) -> Array:
    """The numbers in order, each once; quicker than numpy's own for many."""
    in_order = np.sort(numbers)
    if not len(in_order):
        return in_order
    once: Array = in_order[np.append(True, in_order[1:] != in_order[:-1])]
    return once


def _starts(counts: Array) -> Numbers:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])


def _sums(parts: Array, starts: Numbers) -> Array:
    running = np.concatenate([np.zeros(1), np.cumsum(parts, dtype=np.float64)])
    found: Array = (running[starts[1:]] - running[starts[:-1]]).astype(np.float32)
    return found


def _without_forms(words: Array, counts: Array, raw_words: list[str]) -> tuple[Array, Array]:
    """As spelling.without_form, for all names at once."""
    if not len(words):
        return words, counts
    form = np.fromiter((word in FORMS for word in raw_words), np.bool_, len(raw_words))[words]
    anywhere = np.fromiter((word in ANYWHERE for word in raw_words), np.bool_, len(raw_words))[words]
    department = np.fromiter((word == "avd" for word in raw_words), np.bool_, len(raw_words))[words]
    owner = np.repeat(np.arange(len(counts)), counts)
    last = np.append(owner[1:] != owner[:-1], True)
    form_follows = np.append(form[1:] & last[1:], False) & ~last
    department_follows = np.append(department[1:], False) & ~last
    taken = form & (anywhere | last | form_follows | department_follows)
    left = np.bincount(owner[~taken], minlength=len(counts))
    taken &= (left > 0)[owner]
    return words[~taken], np.bincount(owner[~taken], minlength=len(counts)).astype(np.int64)


def _not_said_twice(every: dict[str, Array], keys: Array) -> npt.NDArray[np.bool_]:
    """False for work sites with the name and the municipality of their owner: the owner says it already."""
    said = hashing.mixed(every["organisation"]) + keys * np.uint64(3) + hashing.mixed(every["municipality"] + 7)
    of_site = every["site"] > 0
    kept: npt.NDArray[np.bool_] = ~(of_site & np.isin(said, said[~of_site & (every["until"] == 0)]))
    return kept


def _shared(keys: Array, top: Array) -> Array:
    """How many different units have a name of the same words, at most 255."""
    order = np.lexsort((top, keys))
    keys_in_order, top_in_order = keys[order], top[order]
    if not len(order):
        return np.zeros(0, np.uint8)
    new_key = np.append(True, keys_in_order[1:] != keys_in_order[:-1])
    new_unit = new_key | np.append(True, top_in_order[1:] != top_in_order[:-1])
    group = np.cumsum(new_key) - 1
    units = np.bincount(group, weights=new_unit)
    shared = np.empty(len(order), np.uint8)
    shared[order] = np.minimum(units[group], 255).astype(np.uint8)
    return shared


def _vocabulary(vocabulary: Array, words: Array, starts: Array) -> dict[str, Array]:
    entries = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    packed = distinct((words.astype(np.int64) << 32) | entries)
    names = np.bincount(packed >> 32, minlength=len(vocabulary)).astype(np.float64)
    common = _common()
    if len(starts) > LARGE:
        in_all = names * (ALL_NAMES / len(starts))
    else:
        told = np.array([common.get(word.decode(), 0.0) for word in vocabulary.tolist()]) * ALL_NAMES
        in_all = np.maximum(names, told) if len(told) else names
    weights = np.log(ALL_NAMES / np.maximum(in_all, 1)) / math.log(ALL_NAMES)
    long_enough = np.flatnonzero(hashing.lengths(vocabulary) >= FUZZY_FROM)
    letters, places = hashing.without_a_letter(vocabulary[long_enough])
    longer = np.flatnonzero(hashing.lengths(vocabulary) >= ENDS_FROM)
    ends = hashing.of_ends(vocabulary[longer], ENDS)
    hashes, found = _table(np.concatenate([letters, ends]), np.concatenate([long_enough[places], longer, longer]))
    return {
        "vocabulary": vocabulary.astype(f"S{hashing.WIDTH}"),
        "weights": np.clip(weights, 0.05, 1).astype(np.float32),
        "postings_starts": _starts(names),
        "postings": (packed & 0xFFFFFFFF).astype(np.int32),
        "letters_hash": hashes,
        "letters_word": found,
    }


def _table(hashes: Array, entries: Array) -> tuple[Array, Array]:
    """Hashes in order, and the entry of each."""
    packed = (hashes.astype(np.uint64) << np.uint64(32)) | entries.astype(np.uint64)
    packed.sort()
    return (packed >> np.uint64(32)).astype(np.uint32), (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _tables(
    vocabulary: Array, words: Array, starts: Array, keys: Array, municipality: Array, domain: Array
) -> dict[str, Array]:
    counts = np.diff(starts)
    entries = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    place = np.arange(len(words)) - np.repeat(starts[:-1], counts)
    every = np.arange(len(counts))
    named = counts > 0
    hashes = hashing.of_words(vocabulary)
    pairs = _pairs(words, place, entries, len(vocabulary), municipality)
    has_domain = np.flatnonzero(domain)
    tables = {
        "pair": pairs,
        "key": (hashing.shortened(keys[named]), every[named]),
        "compact": (hashing.shortened(_compact(hashes, vocabulary, words, starts)[named]), every[named]),
        "initials": _initials(vocabulary, words, starts, entries),
        "domain": (domain[has_domain], has_domain),
    }
    made = {}
    for name, (what, whose) in tables.items():
        made[f"{name}_hash"], made[f"{name}_entry"] = _table(what, whose)
    return made


def _pairs(words: Array, place: Array, entries: Array, vocabulary: int, municipality: Array) -> tuple[Array, Array]:
    """Each pair of a name's first words, and each of these with the municipality."""
    usable = place < _PAIRED_WORDS
    word, entry = words.astype(np.int64), entries
    hashes, whose = [], []
    for apart in range(1, _PAIRED_WORDS):
        first = np.flatnonzero(usable[apart:] & (entry[apart:] == entry[:-apart]) if len(entry) > apart else [])
        one, other = word[first], word[first + apart]
        different = one != other
        hashes.append(hashing.of_pairs(one[different], other[different]))
        whose.append(entry[first[different]])
    there = municipality[entry] if len(entry) else municipality
    placed = np.flatnonzero(usable & (there > 0))
    hashes.append(hashing.of_pairs(word[placed], municipality_word(vocabulary, there[placed])))
    whose.append(entry[placed])
    return np.concatenate(hashes), np.concatenate(whose)


def _compact(hashes: Array, vocabulary: Array, words: Array, starts: Array) -> Array:
    """The hash of each name written in one word."""
    length = hashing.lengths(vocabulary)[words]
    before = _starts(length)
    offset = before[:-1] - np.repeat(before[starts[:-1]], np.diff(starts))
    parts = hashes[words] * hashing.POWERS[np.minimum(offset, len(hashing.POWERS) - 1)]
    return hashing.sums(parts, starts)


def _initials(vocabulary: Array, words: Array, starts: Array, entries: Array) -> tuple[Array, Array]:
    """The hash of the first letters of names of three to seven words, with small words and without them."""
    if not len(words):
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    small = np.isin(vocabulary, hashing.as_words(sorted(SMALL_WORDS)))
    first = hashing.of_words(vocabulary.astype("S1"))
    found_hashes, found_entries = [], []
    for counted in (np.ones(len(words), np.bool_), ~small[words]):
        some, whose = words[counted], entries[counted]
        counts = np.bincount(whose, minlength=len(starts) - 1)
        its = _starts(counts)
        place = np.arange(len(some)) - np.repeat(its[:-1], counts)
        parts = first[some] * hashing.POWERS[np.minimum(place, len(hashing.POWERS) - 1)]
        chosen = np.flatnonzero((counts >= 3) & (counts <= 7))
        found_hashes.append(hashing.shortened(hashing.sums(parts, its)[chosen]))
        found_entries.append(chosen)
    return np.concatenate(found_hashes), np.concatenate(found_entries)
