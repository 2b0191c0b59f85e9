"""The words behind the codes in entries. The room that gives a code its meaning registers its words at start.

Codes that people make, such as those of programmes, are asked for each time: their room registers where.
"""

from collections.abc import Callable, Mapping

from samtall.base.text import LANGUAGES, Words, search_key

_words: dict[tuple[str, str], Words] = {}
_asked: dict[str, Callable[[], Mapping[str, Words]]] = {}


def register(dimension: str, code: str, words: Words) -> None:
    """Give a code of a dimension ("kind", "role", "family" …) its words; the latest registration holds."""
    _words[dimension, code] = words


def register_asked(dimension: str, names: Callable[[], Mapping[str, Words]]) -> None:
    """Have the codes of a dimension and their words asked for whenever they are needed."""
    _asked[dimension] = names


def words_for(dimension: str, code: str) -> Words:
    """The words of a code; the code itself in all languages when nobody has registered it."""
    found = _asked[dimension]().get(code) if dimension in _asked else _words.get((dimension, code))
    return found or Words(nb=code, nn=code, en=code)


def names(dimension: str) -> dict[str, Words]:
    """The codes of a dimension with their words, in the order of registration."""
    if dimension in _asked:
        return dict(_asked[dimension]())
    return {code: words for (known, code), words in _words.items() if known == dimension}


def codes(dimension: str) -> list[str]:
    """The codes of a dimension, in the order of registration."""
    return list(names(dimension))


def meant_by(dimension: str) -> dict[str, str]:
    """The code that is meant by itself, or by its words in any language, written as search_key writes them."""
    words = names(dimension)
    named = {search_key(one.in_language(language)): code for code, one in words.items() for language in LANGUAGES}
    return named | {search_key(code): code for code in words}
