"""Facts about places that come with the program."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

TELEMARK = Path(__file__).parent / "data" / "telemark.toml"


@dataclass(frozen=True)
class Span:
    """A code and name, valid from a day up to, but not including, another."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Move:
    """What passed from the municipality that ended or gave, to the one that took, each named by a code it had."""

    origin: str
    target: str
    on: date
    extent: str
    note: str = ""


@dataclass(frozen=True)
class Member:
    code: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class RegionFacts:
    slug: str
    nb: str
    nn: str
    en: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class History:
    """Municipalities, each as its spans in order, and what passed between them."""

    municipalities: tuple[tuple[Span, ...], ...]
    moves: tuple[Move, ...]
    regions: tuple[RegionFacts, ...] = ()


def telemark() -> History:
    """Telemark's municipalities from 2010, and the region Midt-Telemark."""
    facts = tomllib.loads(TELEMARK.read_text(encoding="utf-8"))
    municipalities = [_renumbered(row, facts) for row in facts["renumbered"]]
    municipalities += [
        tuple(Span(c["code"], changed["name"], c["from"], c.get("to")) for c in changed["codes"])
        for changed in facts["changed"]
    ]
    return History(
        tuple(municipalities),
        tuple(Move(t["from"], t["to"], t["on"], t["extent"], t.get("note", "")) for t in facts["transfer"]),
        tuple(
            RegionFacts(
                r["slug"],
                r["nb"],
                r["nn"],
                r["en"],
                tuple(Member(m["code"], m.get("since"), m.get("until")) for m in r["members"]),
            )
            for r in facts["region"]
        ),
    )


def _renumbered(row: list[str], facts: dict[str, Any]) -> tuple[Span, ...]:
    name, *codes = row
    starts = [facts["known_from"], *facts["renumbered_on"]]
    ends = [*facts["renumbered_on"], None]
    return tuple(Span(code, name, start, end) for code, start, end in zip(codes, starts, ends, strict=True))
