"""How names of municipalities are compared."""

from samtall.base.text import search_key


def spellings(name: str) -> set[str]:
    """The keys that a name answers to: "Bø (Telemark)" also to "bø", "Harstad - Hárstták" also to either half."""
    key = search_key(name)
    without_county = key.split(" (")[0]
    return {key, without_county, *without_county.split(" - ")}
