"""Norwegian words made comparable: their forms by a stemmer, bokmål and nynorsk by a table of our own."""

import re
from functools import lru_cache

import snowballstemmer

from samtall.base.text import search_key

#: Nynorsk → bokmål, also inside longer words. Short, and only what businesses and schools write about.
NYNORSK = {
    "brannsløkk": "brannslukk",
    "byggje": "bygge",
    "eining": "enhet",
    "forsking": "forskning",
    "føreles": "foreles",
    "førespurnad": "henvendelse",
    "heime": "hjemme",
    "høgskul": "høyskol",
    "høgskol": "høyskol",
    "kjelde": "kilde",
    "leiing": "ledelse",
    "løysing": "løsning",
    "lærar": "lærer",
    "marknad": "marked",
    "mjølk": "melk",
    "nettstad": "nettsted",
    "oppgåv": "oppgav",
    "rekneskap": "regnskap",
    "rekneark": "regneark",
    "rettlei": "veiled",
    "røynsle": "erfaring",
    "sjuk": "syk",
    "skule": "skole",
    "straum": "strøm",
    "teikn": "tegn",
    "tenest": "tjenest",
    "tilsett": "ansatt",
    "undersøking": "undersøkelse",
    "vatn": "vann",
    "verksemd": "virksomhet",
    "vidare": "videre",
}

#: Words that say nothing about what somebody wants.
EMPTY = frozenset(
    """
    alle andre at av bare berre bli blir da de deg dei den denne der dere deres det dette di du då eg ei ein eit
    en er et etter fleire flere for fordi fra frå få får gjere gjerne gjøre god ha har helst her hjelp hjelpe
    hos hva hvem hvis hvor hvordan i ikke ikkje ingen inn jeg kan kva kven korleis kor la mange med meg mer meir
    mot må ned noe noen noko nokon ny nye når og også om opp oss over på se seg selv si sin skal skulle slik som
    så takk til trenge trenger treng under ut uten utan vår vårt våre var ved veldig vere vi vil ville være å år
    åpne åpen ønske ønsker ønskjer behov bedrift firma student studenter studentar elev elever elevar oppgave
    oppgåve samarbeid
    """.split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_stem = snowballstemmer.stemmer("norwegian").stemWord


def stems(text: str) -> dict[str, str]:
    """The words of a text that say something, by what they have in common with their other forms."""
    found: dict[str, str] = {}
    for word in _WORD.findall(search_key(text)):
        if word not in EMPTY:
            found.setdefault(stem(word), word)
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word has in common with its other forms, and with the same word in the other written form."""
    for nynorsk, bokmal in NYNORSK.items():
        if nynorsk in word:
            word = word.replace(nynorsk, bokmal)
    return str(_stem(word))
