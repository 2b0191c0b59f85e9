"""What is sought, taken apart once for every index that is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samtall.parties.matching.asking import Sought
from samtall.parties.matching.index import hash_of, street_hash
from samtall.parties.matching.spelling import Spelt, asked, spell

#: Where people have addresses that say nothing of whom they work for.
FOR_ANYONE = frozenset(
    "gmail.com hotmail.com hotmail.no outlook.com live.no live.com yahoo.com yahoo.no icloud.com me.com msn.com "
    "online.no frisurf.no broadpark.no getmail.no start.no epost.no c2i.net altibox.no lyse.net ebnett.no "
    "facebook.com instagram.com linkedin.com proff.no gulesider.no 1881.no".split()
)
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
        hash_of(domain),
        street_hash(sought.address.split(",")[0]),
        sought.on.toordinal() if sought.on else 0,
    )


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
