"""Hashes of many words at once, and of what is left of each when one letter is taken out.

A word is a row of at most WIDTH bytes. Its hash is a polynomial, so that the hash of words written together, or of a
word without a letter, follows from sums. Two words of one hash are no harm: what is found is compared afterwards.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 32
Words = npt.NDArray[np.bytes_]
Hashes = npt.NDArray[np.uint64]
Small = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_MASK = 0xFFFFFFFFFFFFFFFF


def _powers(base: int, count: int) -> Hashes:
    found, power = [], 1
    for _ in range(count):
        found.append(power)
        power = power * base & _MASK
    return np.array(found, dtype=np.uint64)


POWERS = _powers(_BASE, 1024)
_INVERSE = np.uint64(pow(_BASE, -1, 1 << 64))


def mixed(numbers: npt.NDArray[Any]) -> Hashes:
    """Numbers spread over 64 bits (the finish of splitmix64)."""
    x = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    spread: Hashes = x ^ (x >> np.uint64(31))
    return spread


_OF_BYTE = mixed(np.arange(1, 257))
_OF_BYTE[0] = 0


def as_words(words: list[str]) -> Words:
    return np.array([word.encode()[:WIDTH] for word in words], dtype=f"S{WIDTH}")


def lengths(words: Words) -> Numbers:
    return np.char.str_len(words).astype(np.int64)


def _letters(words: Words) -> Hashes:
    """Each byte's part of its word's hash, one row for each word."""
    table = words.astype(f"S{WIDTH}").view(np.uint8).reshape(len(words), WIDTH)
    letters: Hashes = _OF_BYTE[table] * POWERS[:WIDTH]
    return letters


def of_words(words: Words) -> Hashes:
    hashes: Hashes = _letters(words).sum(axis=1, dtype=np.uint64)
    return hashes


def of_texts(texts: list[str]) -> Hashes:
    """The hash of each text, of any length."""
    coded = np.array([text.encode()[: len(POWERS)] for text in texts], dtype=np.bytes_)
    if not coded.itemsize or not len(texts):
        return np.zeros(len(texts), np.uint64)
    table = coded.view(np.uint8).reshape(len(texts), coded.itemsize)
    hashes: Hashes = (_OF_BYTE[table] * POWERS[: coded.itemsize]).sum(axis=1, dtype=np.uint64)
    return hashes


def without_a_letter(words: Words) -> tuple[Small, Numbers]:
    """The hashes of the words and of each of them with one letter taken out, and which word each is of."""
    letters = _letters(words)
    up_to = np.cumsum(letters, axis=1, dtype=np.uint64)
    whole = up_to[:, -1]
    length = lengths(words)
    hashes, places = [whole], [np.arange(len(words))]
    for at in range(WIDTH):
        rows = np.flatnonzero(length > at)
        before = up_to[rows, at] - letters[rows, at]
        hashes.append(before + (whole[rows] - up_to[rows, at]) * _INVERSE)
        places.append(rows)
    return shortened(np.concatenate(hashes)), np.concatenate(places)


def of_ends(words: Words, letters: int) -> Small:
    """The hashes of the words' first letters, and after them those of their last letters."""
    table = words.astype(f"S{WIDTH}").view(np.uint8).reshape(len(words), WIDTH)
    last = np.maximum(lengths(words)[:, None] - letters + np.arange(letters), 0)
    ends = np.concatenate([table[:, :letters], np.take_along_axis(table, last, axis=1)])
    hashes = (_OF_BYTE[ends] * POWERS[:letters]).sum(axis=1, dtype=np.uint64)
    hashes[len(words) :] += np.uint64(1)
    return shortened(hashes * np.uint64(5) + np.uint64(letters))


def shortened(hashes: Hashes) -> Small:
    return (mixed(hashes) >> np.uint64(32)).astype(np.uint32)


def of_pairs(one: Numbers, other: Numbers) -> Small:
    """The hash of two numbers, whichever comes first."""
    return shortened(mixed(np.minimum(one, other)) + mixed(np.maximum(one, other)) * np.uint64(3))


def sums(parts: Hashes, starts: Numbers) -> Hashes:
    """The sum of each stretch of the parts; `starts` has one more than there are stretches."""
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(parts, dtype=np.uint64)])
    found: Hashes = running[starts[1:]] - running[starts[:-1]]
    return found
