"""Words in three languages, and text made comparable."""

import unicodedata
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import get_language

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Words:
    """One expression in bokmål, nynorsk and English; `str()` gives the reader's language."""

    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        return self.in_language(get_language() or "nb")

    def in_language(self, language: str) -> str:
        """The expression in "nb", "nn" or "en" (also "en-gb"); bokmål for any other language."""
        return {"nn": self.nn, "en": self.en}.get(language[:2], self.nb)

    def as_dict(self) -> dict[str, str]:
        return {"nb": self.nb, "nn": self.nn, "en": self.en}

    @classmethod
    def from_dict(cls, words: dict[str, str]) -> "Words":
        return cls(nb=words["nb"], nn=words["nn"], en=words["en"])


def search_key(text: str) -> str:
    """Text as it is compared when searching: composed, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


#: Letters as they are typed by those who have no Norwegian keyboard, or are not sure.
LOOSE = {"ø": "o", "ö": "o", "å": "a", "æ": "ae", "ä": "ae"}


def for_address(text: str, most: int) -> str:
    """Text as it stands in an address: a–z, digits and hyphens, at most so many; "" when nothing is left."""
    return slugify(loose(text))[:most].strip("-")


def loose(text: str) -> str:
    """Text as it is compared when guessing: as `search_key`, with the Norwegian letters as others type them."""
    return "".join(LOOSE.get(letter, letter) for letter in search_key(text))
