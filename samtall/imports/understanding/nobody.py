"""Words that stand where a company should and mean nobody in particular: Ukjent, div. bedrifter, -."""

import re

from samtall.base.text import search_key

_WORDS = re.compile(r"[^\W_]+")
#: By themselves, or with words for organisations.
_NOBODY = frozenset(
    "ukjent ukjend ukjente ukjende uvisst uviss uavklart uavklara diverse div flere fleire noen nokre mange ymse "
    "anonym anonyme forskjellige ulike varierende varierande unknown various several misc anonymous tbd tba xx xxx "
    "uspesifisert spesifisert".split()
)
_WITH_NO = frozenset("avklart avklara kjent kjend oppgitt oppgjeve bestemt valgt vald klart spesifisert known".split())
_NO = frozenset("ikke ikkje ej not".split())
_FILLERS = frozenset(
    "bedrift bedrifter bedriften bedriftene virksomhet virksomheter verksemd verksemder firma firmaer firmaa selskap "
    "selskaper foretak organisasjon organisasjoner organisasjonar arbeidsgiver arbeidsgivere arbeidsgivar "
    "arbeidsgivarar aktør aktører aktørar partner partnere partnarar kommune kommuner kommunar lokale små andre og i "
    "m fl mfl ennå enno per nå no company companies organisations partners".split()
)


def names_nobody(text: str) -> bool:
    """Whether a text names no organisation, only says that it is unknown or that there are several."""
    words = _WORDS.findall(search_key(text))
    if not words or words in (["n", "a"], ["na"], ["vet", "ikke"], ["veit", "ikkje"]):
        return True
    if len(words) > 1 and words[0] in _NO and words[1] in _WITH_NO:
        words = words[2:]
        return all(word in _FILLERS for word in words)
    return any(word in _NOBODY for word in words) and all(word in _NOBODY or word in _FILLERS for word in words)
