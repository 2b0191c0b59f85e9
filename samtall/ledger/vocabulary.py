"""The words behind the codes in entries. The room that gives a code its meaning registers its words at start."""

from samtall.base.text import Words

_words: dict[tuple[str, str], Words] = {}


def register(dimension: str, code: str, words: Words) -> None:
    """Give a code of a dimension ("kind", "role", "family" …) its words; the latest registration holds."""
    _words[dimension, code] = words


def words_for(dimension: str, code: str) -> Words:
    """The words of a code; the code itself in all languages when nobody has registered it."""
    return _words.get((dimension, code)) or Words(nb=code, nn=code, en=code)


def codes(dimension: str) -> list[str]:
    """The codes registered for a dimension, in the order of registration."""
    return [code for known, code in _words if known == dimension]
