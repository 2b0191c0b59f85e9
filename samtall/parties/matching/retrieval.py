"""Which entries of an index are worth comparing with what is sought.

Words are looked up as they are, with a letter wrong, written together and apart. Entries come from tables of whole
names, of pairs of words, of a word and the municipality, of rare words, of initials and of web domains; they are
ranked by how much of the telling words both sides share, and the best few are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, pairwise

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from samtall.parties.matching import hashing
from samtall.parties.matching.hashing import Numbers
from samtall.parties.matching.index import (
    ENDS,
    ENDS_FROM,
    FUZZY_FROM,
    Array,
    Index,
    municipality_word,
    stretches,
    weight_of,
)
from samtall.parties.matching.query import MOST_WORDS, Query
from samtall.parties.matching.spelling import one_spelling

KEPT = 14
_CLOSER = 48
_SURE = 0.6
#: Entries looked at for each query; the shortest lists first.
_BUDGET = 2_500
_MOST_OF_A_WORD = 1_500
_MOST_OF_A_NAME = 250
_MOST_SPELLINGS = 6
_MOST_BY_LETTERS, _MOST_BY_ENDS = 64, 2_000
_MOST_PREFIXED = 40
#: How alike a word is to one that it may be short for.
SHORTENED = 0.8


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of an index that a word of a query may be: which query, which word of it, which word, how alike."""

    query: Numbers
    slot: Numbers
    word: Numbers
    alike: Array


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of a query and an entry, those of one query together, and how their words agree."""

    query: Numbers
    entry: Numbers
    covered: Array  # how much of the query's telling words the entry has
    shared: Array  # how much of the entry's telling words the query has
    missed: Array  # the most telling word of the query that the entry lacks
    extra: Array  # the most telling word of the entry that the query lacks
    by_name: Array  # the whole name is the same when written in one word
    by_initials: Array
    by_domain: Array
    telling: Array  # the weight of all the query's words

    def __getitem__(self, chosen: Array) -> "Found":
        return Found(*(getattr(self, one.name)[chosen] for one in fields(self)))


def retrieve(index: Index, queries: Sequence[Query], *, prefixes: bool = False, kept: int = KEPT) -> Found:
    """The best entries of the index for each query; with `prefixes`, the last word may be the beginning of one."""
    meant = _meant(index, queries, prefixes)
    slots, base = _slots(queries)
    weights, whole = _weights(index, queries, meant, slots, base)
    query, entry, mask = _likely(index, queries, weights, whole, base, *_entries(index, queries, meant, prefixes))
    return _best(index, queries, meant, (weights, whole, base), query, entry, mask, kept)


def _meant(index: Index, queries: Sequence[Query], prefixes: bool) -> Meant:
    """Words as they are, else together or apart; and those that differ by a letter."""
    texts: list[str] = []
    query: list[int] = []
    slot: list[int] = []
    for number, one in enumerate(queries):
        texts += one.words
        query += [number] * len(one.words)
        slot += range(len(one.words))
    whose, which = np.array(query, np.int64), np.array(slot, np.int64)
    asked = hashing.as_words(texts)
    place, known = _in_vocabulary(index, asked)
    parts = [(whose[known], which[known], place[known], np.ones(int(known.sum()), np.float32))]
    parts.append(_alike(index, texts, asked, whose, which, place, known))
    parts.append(_shortened(index, queries))
    parts.append(_together_or_apart(index, queries, known, whose))
    if prefixes:
        parts.append(_prefixed(index, queries))
    return Meant(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _in_vocabulary(index: Index, words: Array) -> tuple[Numbers, Array]:
    if not len(index.vocabulary) or not len(words):
        return np.zeros(len(words), np.int64), np.zeros(len(words), np.bool_)
    place = np.minimum(np.searchsorted(index.vocabulary, words), len(index.vocabulary) - 1)
    return place, index.vocabulary[place] == words


Part = tuple[Numbers, Numbers, Numbers, Array]


def _alike(
    index: Index, texts: list[str], asked: Array, whose: Numbers, which: Numbers, place: Numbers, known: Array
) -> Part:
    """The words of the index that are most alike to each word, but for itself."""
    source, found = _near(index, asked, known)
    other = ~(known[source] & (place[source] == found))
    source, found = source[other], found[other]
    if not len(found):
        return _no_part()
    words = [word.decode(errors="replace") for word in index.vocabulary[found].tolist()]
    alike = cpdist([texts[at] for at in source], words, scorer=OSA.normalized_similarity, dtype=np.float32)
    first_letter = index.vocabulary[found].astype("S1") == asked[source].astype("S1")
    order = np.lexsort((-(alike + 0.05 * first_letter), source))
    order = order[_place_in_group(source[order]) < _MOST_SPELLINGS]
    order = order[alike[order] >= 0.6]
    return whose[source[order]], which[source[order]], found[order], (0.9 * alike[order]).astype(np.float32)


def _near(index: Index, asked: Array, known: Array) -> tuple[Numbers, Numbers]:
    """Pairs of a word and one of the index that are one when a letter of each is taken out.

    For a word that the index does not have, also those that begin or end as it does.
    """
    length = hashing.lengths(asked)
    long_enough = np.flatnonzero(length >= FUZZY_FROM)
    unknown = np.flatnonzero((length >= ENDS_FROM) & ~known)
    pairs = []
    if len(long_enough):
        hashes, source = hashing.without_a_letter(asked[long_enough])
        pairs.append(_letters(index, hashes, long_enough[source], _MOST_BY_LETTERS))
    if len(unknown):
        source, found = _letters(
            index, hashing.of_ends(asked[unknown], ENDS), np.concatenate([unknown, unknown]), _MOST_BY_ENDS
        )
        near = np.abs(hashing.lengths(index.vocabulary[found]) - length[source]) <= 2
        pairs.append((source[near], found[near]))
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    packed = np.unique(np.concatenate([(source << 32) | found for source, found in pairs]))
    return packed >> 32, packed & 0xFFFFFFFF


def _letters(index: Index, hashes: Array, source: Numbers, most: int) -> tuple[Numbers, Numbers]:
    first = np.searchsorted(index.letters_hash, hashes, "left")
    counts = np.minimum(np.searchsorted(index.letters_hash, hashes, "right") - first, most)
    return np.repeat(source, counts), index.letters_word[stretches(first, counts)].astype(np.int64)


def _shortened(index: Index, queries: Sequence[Query]) -> Part:
    """Words that may be meant by one with a full stop after it."""
    some = [(number, at, word) for number, one in enumerate(queries) if one.shortened
            for at, word in enumerate(one.words) if word in one.shortened]  # fmt: skip
    return _begun(index, some, SHORTENED)


def _together_or_apart(index: Index, queries: Sequence[Query], known: Array, whose: Numbers) -> Part:
    """Two words that are one in the index ("bygg mester"), and one that is two there ("byggmesterhansen")."""
    known_of = np.split(known, np.searchsorted(whose, np.arange(1, len(queries))))
    spelling = one_spelling()
    texts, rows = [], []
    for number, (one, is_known) in enumerate(zip(queries, known_of, strict=True)):
        words = one.words
        for at in range(len(words) - 1):
            both = words[at] + words[at + 1]
            texts.append(spelling.get(both, both))
            rows.append((number, at, at + 1, 0))
        for at, word in enumerate(words):
            if not is_known[at]:
                for cut in range(3, len(word) - 2):
                    texts += [spelling.get(word[:cut], word[:cut]), spelling.get(word[cut:], word[cut:])]
                    rows += [(number, at, at, 1), (number, at, at, 2)]
    if not texts:
        return _no_part()
    place, there = _in_vocabulary(index, hashing.as_words(texts))
    table = np.array(rows, np.int64)
    halves = np.flatnonzero(table[:, 3] == 1)
    there[halves] = there[halves + 1] = there[halves] & there[halves + 1]
    table, place = table[there], place[there]
    joined = table[:, 2] != table[:, 1]
    alike = np.full(len(table), 0.95, np.float32)
    return (
        np.concatenate([table[:, 0], table[joined, 0]]),
        np.concatenate([table[:, 1], table[joined, 2]]),
        np.concatenate([place, place[joined]]),
        np.concatenate([alike, alike[joined]]),
    )


def _prefixed(index: Index, queries: Sequence[Query]) -> Part:
    """Words that begin as a query's words do, the most usual of them: what somebody is about to type."""
    return _begun(
        index, [(number, at, word) for number, one in enumerate(queries) for at, word in enumerate(one.words)], 0.9
    )


def _begun(index: Index, words: Sequence[tuple[int, int, str]], alike: float) -> Part:
    query: list[int] = []
    slot: list[int] = []
    word: list[int] = []
    for number, at, text in words:
        first = int(np.searchsorted(index.vocabulary, text.encode()[: hashing.WIDTH]))
        last = int(np.searchsorted(index.vocabulary, text.encode()[: hashing.WIDTH - 1] + b"\xff"))
        begun = np.arange(first, last)
        if len(begun) > _MOST_PREFIXED:
            begun = begun[np.argsort(index.weights[first:last], kind="stable")[:_MOST_PREFIXED]]
        query += [number] * len(begun)
        slot += [at] * len(begun)
        word += begun.tolist()
    return (
        np.array(query, np.int64), np.array(slot, np.int64), np.array(word, np.int64),
        np.full(len(word), alike, np.float32),
    )  # fmt: skip


def _no_part() -> Part:
    none = np.zeros(0, np.int64)
    return none, none, none, np.zeros(0, np.float32)


def _place_in_group(groups: Numbers) -> Numbers:
    """For groups that lie together: the place of each within its group."""
    if not len(groups):
        return np.zeros(0, np.int64)
    first = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    return np.arange(len(groups)) - np.repeat(first, np.diff(np.append(first, len(groups))))


#: Beside a query's words (the lowest twelve bits), how an entry was found.
BY_NAME, BY_INITIALS, BY_DOMAIN = 1 << 12, 1 << 13, 1 << 14


def _entries(index: Index, queries: Sequence[Query], meant: Meant, prefixes: bool) -> tuple[Numbers, Numbers, Numbers]:
    """The entries to look at, each once for each query, and by which words and sure ways they were found."""
    lists = list(_lists(index, queries, meant, prefixes))
    query, first, counts, mask = (np.concatenate([one[at] for one in lists]) for at in range(4))
    table = np.repeat(np.arange(len(lists)), [len(one[0]) for one in lists])
    order = np.lexsort((counts, table > 2, query))
    query, first, counts, mask, table = query[order], first[order], counts[order], mask[order], table[order]
    so_far = np.cumsum(counts) - counts
    start = np.searchsorted(query, np.arange(len(queries)))
    so_far = so_far - np.append(so_far, 0)[start][query]
    counts = np.clip(np.minimum(counts, _BUDGET - so_far), 0, None)
    entry = np.empty(int(counts.sum()), np.int64)
    places, from_table = stretches(first, counts), np.repeat(table, counts)
    for number, one in enumerate(lists):
        of_this = from_table == number
        entry[of_this] = one[4][places[of_this]]
    packed = np.repeat(query << 40 | mask, counts) | entry << 16
    packed.sort()
    new = np.flatnonzero(np.append(True, (packed[1:] >> 16) != (packed[:-1] >> 16))) if len(packed) else packed
    masks = np.bitwise_or.reduceat(packed & 0xFFFF, new) if len(new) else new
    return packed[new] >> 40, (packed[new] >> 16) & 0xFFFFFF, masks


#: For a table: whose lists they are, where each begins, how long it is, what it stands for, and the entries it lies in.
Lists = tuple[Numbers, Numbers, Numbers, Numbers, Array]


def _lists(index: Index, queries: Sequence[Query], meant: Meant, prefixes: bool) -> Iterator[Lists]:
    numbers = np.arange(len(queries))
    compact = hashing.shortened(hashing.of_texts([one.spelt.compact for one in queries]))
    named = np.array([bool(one.words) for one in queries], np.bool_)
    short = np.array([len(one.words) == 1 and 2 <= len(one.words[0]) <= 7 for one in queries], np.bool_)
    domain = np.array([one.domain_hash for one in queries], np.uint32)
    for name, hashes, some, mark in (
        ("compact", compact, named, BY_NAME), ("initials", compact, short, BY_INITIALS),
        ("domain", domain, domain > 0, BY_DOMAIN),
    ):  # fmt: skip
        marks = np.full(int(some.sum()), mark)
        yield _looked_up(
            getattr(index, f"{name}_hash"), getattr(index, f"{name}_entry"), hashes[some], numbers[some], marks,
            _MOST_OF_A_NAME,
        )  # fmt: skip
    hashes, whose, mask = _pairs(index, queries, meant)
    yield _looked_up(index.pair_hash, index.pair_entry, hashes, whose, mask, _BUDGET)
    first = index.postings_starts[meant.word]
    counts = index.postings_starts[meant.word + 1] - first
    few = np.flatnonzero(counts <= (_BUDGET if prefixes else _MOST_OF_A_WORD))
    yield (
        meant.query[few], first[few].astype(np.int64), counts[few].astype(np.int64), 1 << meant.slot[few],
        index.postings,
    )  # fmt: skip


def _looked_up(hashes: Array, entries: Array, wanted: Array, whose: Numbers, mask: Numbers, most: int) -> Lists:
    order = np.argsort(wanted)  # neighbours are found quicker one after another
    wanted, whose, mask = wanted[order], whose[order], mask[order]
    first = np.searchsorted(hashes, wanted, "left")
    counts = np.searchsorted(hashes, wanted, "right") - first
    some = counts > 0
    return whose[some], first[some], np.minimum(counts[some], most), mask[some], entries


def _pairs(index: Index, queries: Sequence[Query], meant: Meant) -> tuple[Array, Numbers, Numbers]:
    """Hashes and words of all pairs of two words of a query, and of a word and the municipality, as spelt."""
    order = np.lexsort((-meant.alike, meant.slot, meant.query))
    groups = meant.query[order] * 64 + meant.slot[order]
    order = order[_place_in_group(groups) < np.where(meant.alike[order] == np.float32(SHORTENED), _MOST_PREFIXED, 4)]
    query, slot, word = meant.query[order], meant.slot[order], meant.word[order]
    starts = np.searchsorted(query, np.arange(len(queries) + 1)).tolist()
    slots, left, right = slot.tolist(), [], []
    for first, last in pairwise(starts):
        for one, other in combinations(range(first, min(last, first + 64)), 2):
            if slots[one] != slots[other]:
                left.append(one)
                right.append(other)
    lefts, rights = np.array(left, np.int64), np.array(right, np.int64)
    municipality = np.array([query.municipality for query in queries], np.int64)
    placed = np.flatnonzero(municipality[query] > 0)
    there = municipality_word(len(index.vocabulary), municipality[query[placed]])
    return (
        np.concatenate([hashing.of_pairs(word[lefts], word[rights]), hashing.of_pairs(word[placed], there)]),
        np.concatenate([query[lefts], query[placed]]),
        np.concatenate([1 << slot[lefts] | 1 << slot[rights], 1 << slot[placed]]),
    )


def _likely(
    index: Index, queries: Sequence[Query], weights: Array, whole: Array, base: Numbers,
    query: Numbers, entry: Numbers, mask: Numbers,
) -> tuple[Numbers, Numbers, Numbers]:  # fmt: skip
    """The few dozen entries of each query that are worth a closer look, by the words they were found by."""
    padded = np.append(weights, np.zeros(MOST_WORDS))
    covered = np.zeros(len(query), np.float32)
    for slot in range(max((len(one.words) for one in queries), default=0)):
        has = np.flatnonzero(mask >> slot & 1)
        covered[has] += padded[base[query[has]] + slot]
    share = covered / np.maximum(whole[query], 1e-6)
    score = np.sqrt(share * np.minimum(covered / np.maximum(index.telling[entry], 1e-6), 1)) + 0.3 * share
    municipality = np.array([one.municipality for one in queries], np.int64)[query]
    score += 0.12 * ((municipality > 0) & (index.municipality[entry] == municipality))
    score += _SURE * ((mask & (BY_NAME | BY_DOMAIN)) > 0)
    initials = np.flatnonzero(mask & BY_INITIALS)
    score[initials] += 0.25 + 0.05 * index.size[entry[initials]] + 0.1 * index.public[entry[initials]]
    best = _best_first(query, score)
    best = best[_place_in_group(query[best]) < _CLOSER]
    return query[best], entry[best], mask[best]


def _best_first(query: Numbers, score: Array) -> Numbers:
    """The order by query and falling score; sorting whole numbers is several times quicker than lexsort."""
    worse = (4.0 - np.clip(score, 0, 4)) * 1_000_000
    packed = query << 54 | worse.astype(np.int64) << 31 | np.arange(len(query))
    packed.sort()
    return packed & 0x7FFFFFFF


def _best(
    index: Index, queries: Sequence[Query], meant: Meant, known_of: tuple[Array, Array, Numbers],
    query: Numbers, entry: Numbers, marks: Array, kept: int,
) -> Found:  # fmt: skip
    """The entries that share most with their query."""
    weights, whole, base = known_of
    starts = index.word_starts[entry].astype(np.int64)
    counts = index.word_starts[entry + 1].astype(np.int64) - starts
    pair = np.repeat(np.arange(len(entry)), counts)
    word = index.words[stretches(starts, counts)].astype(np.int64)
    its_weight = index.weights[word]
    key = query[pair] * len(index.vocabulary) + word
    known = meant.query * len(index.vocabulary) + meant.word
    order = np.lexsort((-meant.alike, known))
    known, slot, alike = known[order], (base[meant.query] + meant.slot)[order], meant.alike[order]
    place = np.minimum(np.searchsorted(known, key), max(len(known) - 1, 0))
    agrees = known[place] == key if len(known) else np.zeros(len(key), np.bool_)
    alike_here = np.where(agrees, alike[place], 0).astype(np.float32) if len(known) else np.zeros(len(key), np.float32)
    shared = np.bincount(pair, its_weight * alike_here, len(entry))
    total = np.bincount(pair, its_weight, len(entry))
    extra = np.zeros(len(entry), np.float32)
    np.maximum.at(extra, pair, its_weight * (1 - alike_here))
    covered, missed = _covered(pair[agrees], slot[place[agrees]] if len(known) else pair[agrees], alike_here[agrees],
                               weights, query, base, np.diff(np.append(base, len(weights))))  # fmt: skip
    share_of_query = covered / np.maximum(whole[query], 1e-6)
    share_of_entry = shared / np.maximum(total, 1e-6)
    municipality = np.array([one.municipality for one in queries], np.int64)[query]
    same_place = (municipality > 0) & (index.municipality[entry] == municipality)
    score = (
        np.sqrt(np.maximum(share_of_query * share_of_entry, 0)) + 0.3 * share_of_query + 0.12 * same_place
        + 0.5 * ((marks & BY_NAME) > 0) + 0.6 * ((marks & BY_DOMAIN) > 0)
        + ((marks & BY_INITIALS) > 0) * (0.25 + 0.05 * index.size[entry] + 0.1 * index.public[entry])
        - 0.05 * (index.until[entry] > 0) - 0.02 * (index.closed[entry] > 0)
    )  # fmt: skip
    best = np.lexsort((-score, query))
    best = best[_place_in_group(query[best]) < kept]
    return Found(
        query[best], entry[best], share_of_query[best], share_of_entry[best], missed[best], extra[best],
        (marks[best] & BY_NAME) > 0, (marks[best] & BY_INITIALS) > 0, (marks[best] & BY_DOMAIN) > 0,
        whole[query[best]],
    )  # fmt: skip


def _slots(queries: Sequence[Query]) -> tuple[Numbers, Numbers]:
    counts = np.array([len(one.words) for one in queries], np.int64)
    return counts, np.cumsum(counts) - counts


def _weights(
    index: Index, queries: Sequence[Query], meant: Meant, counts: Numbers, base: Numbers
) -> tuple[Array, Array]:
    """How telling each word of each query is, and each query in all."""
    weights = np.full(int(counts.sum()), -1.0)
    exact = meant.alike == 1
    weights[base[meant.query[exact]] + meant.slot[exact]] = index.weights[meant.word[exact]]
    texts = [word for one in queries for word in one.words]
    for at in np.flatnonzero(weights < 0).tolist():
        weights[at] = max(weight_of(texts[at]), 0.05)
    return weights, np.bincount(np.repeat(np.arange(len(queries)), counts), weights, len(queries))


def _covered(
    pair: Numbers, slot: Numbers, alike: Array, weights: Array, query: Numbers, base: Numbers, counts: Numbers
) -> tuple[Array, Array]:
    """For each pair: the weight of the query's words that the entry has, each once; and the heaviest that it lacks."""
    width = counts[query]
    offset = np.cumsum(width) - width
    filled = np.zeros(int(width.sum()), np.float32)
    np.maximum.at(filled, offset[pair] + slot - base[query[pair]], alike)
    weight = weights[stretches(base[query], width)]
    row = np.repeat(np.arange(len(query)), width)
    covered = np.bincount(row, weight * filled, len(query))
    missed = np.zeros(len(query), np.float32)
    np.maximum.at(missed, row, (weight * (1 - filled)).astype(np.float32))
    return covered, missed
