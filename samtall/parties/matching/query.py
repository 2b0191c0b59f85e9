"""What is sought, taken apart once for every index that is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samtall.parties.matching.asking import Sought
from samtall.parties.matching.index import hashes_of, street_hashes
from samtall.parties.matching.spelling import Spelt, asked, repaired, spell, spelt

#: Where people have addresses that say nothing of whom they work for.
FOR_ANYONE = frozenset(
    "gmail.com hotmail.com hotmail.no outlook.com live.no live.com yahoo.com yahoo.no icloud.com me.com msn.com "
    "online.no frisurf.no broadpark.no getmail.no start.no epost.no c2i.net altibox.no lyse.net ebnett.no "
    "facebook.com instagram.com linkedin.com proff.no gulesider.no 1881.no".split()
)
_SHORTENED = re.compile(r"([^\W\d]{2,})\.")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9æøå.-]+\.[a-z]{2,})", re.IGNORECASE)
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Query:
    sought: Sought
    spelt: Spelt
    municipality: int
    postal_code: int
    domain: str
    domain_hash: int
    street: int
    day: int
    shortened: frozenset[str]
    """Words that were written with a full stop after them."""

    @property
    def words(self) -> tuple[str, ...]:
        return self.spelt.words


def queries(sought: Sequence[Sought]) -> list[Query]:
    return [_query(one, name) for one, name in zip(sought, spell([asked(one.name) for one in sought]), strict=True)]


def _query(sought: Sought, name: Spelt) -> Query:
    domain = domain_of(sought.web, sought.email)
    if len(name.words) > MOST_WORDS:
        name = Spelt(name.text, name.words[:MOST_WORDS], name.form)
    return Query(
        sought,
        name,
        _code(sought.municipality),
        _code(sought.postal_code),
        domain,
        int(hashes_of([domain])[0]) if domain else 0,
        int(street_hashes([sought.address.split(",")[0].replace("\n", " ")])[0]) if sought.address else 0,
        sought.on.toordinal() if sought.on else 0,
        _shortened(sought.name) if "." in sought.name else frozenset(),
    )


def _shortened(name: str) -> frozenset[str]:
    words = [spelt(word).words for word in _SHORTENED.findall(repaired(name))]
    return frozenset(word[0] for word in words if len(word) == 1)


def domain_of(*given: str) -> str:
    """The domain of a web or e-mail address that is somebody's own; "" for none."""
    for host in _hosts(given):
        if host not in FOR_ANYONE:
            return host
    return ""


def _hosts(given: Iterable[str]) -> Iterable[str]:
    for text in given:
        if found := _HOST.search(text.strip().rpartition("@")[2]):
            yield found[1].lower()


def _code(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
