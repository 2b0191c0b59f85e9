"""Finding the organisation that is meant by a name: the pipeline from what is sought to what is answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from django.db.models import F

from samtall.base.text import search_key
from samtall.parties.matching import keeping, retrieval
from samtall.parties.matching.asking import NOTHING, Candidate, Finding, Sought, Verdict
from samtall.parties.matching.comparing import FEATURES, Compared, compare, joined
from samtall.parties.matching.index import Array, build
from samtall.parties.matching.judging import Judged, judge
from samtall.parties.matching.keeping import Segment, superseded
from samtall.parties.matching.model import Model, model
from samtall.parties.matching.query import Query, queries
from samtall.parties.matching.reading import Units, entries
from samtall.parties.matching.reasoning import Known, reasons
from samtall.parties.matching.reasons import Reason
from samtall.parties.models import Establishment, Organisation

MOST = 10
_AT_ONCE = 512
_THREADS = 2
#: Rows of one exact name that are looked for in the index; a name that many have is not telling anyway.
_FEW = 8
#: Less likely ones would only be noise beside the best.
_WORTH_SHOWING = 0.002
#: A person has said so of the same writing.
_WRITTEN_BEFORE = 0.995


def find(sought: Sequence[Sought]) -> list[Finding]:
    """Who is meant by each of many names; thousands in a second."""
    segments = keeping.segments()
    batches = [sought[start : start + _AT_ONCE] for start in range(0, len(sought), _AT_ONCE)]
    if len(batches) < 2:
        return [one for batch in batches for one in _answered(batch, _compared(queries(batch), segments), segments)]
    model()
    with ThreadPoolExecutor(_THREADS) as pool:  # threads reckon; this one alone talks with the database
        reckoned = pool.map(lambda batch: _compared(queries(batch), segments), batches)
        return [
            one
            for batch, compared in zip(batches, reckoned, strict=True)
            for one in _answered(batch, compared, segments)
        ]


def find_one(sought: Sought) -> Finding:
    """Who is meant by a name."""
    return find([sought])[0]


def suggest(text: str, *, municipality: str = "", most: int = MOST) -> list[Candidate]:
    """Who somebody may be about to write: the beginnings of words count. Best first."""
    asked = queries([Sought(text, municipality=municipality)])
    segments = keeping.segments()
    judged = judge(_compared(asked, segments, prefixes=True), model())
    pairs = judged.pairs
    rank = 10 * (pairs.feature("begun") + pairs.feature("by_initials")) + judged.context[:, 0] + pairs.feature("size")
    return _Answers(asked, segments, judged, model(), _Exact(), rank).candidates(0, most)


def _answered(sought: Sequence[Sought], compared: Compared, segments: Sequence[Segment]) -> list[Finding]:
    asked = queries(sought)
    exact = _exact(sought)
    if late := exact.not_in(compared):
        segments = [Segment(build(entries(late)), late, segments[0].until), *segments]
        compared = _compared(asked, segments)
    answers = _Answers(asked, segments, judge(compared, model()), model(), exact)
    return [answers.finding(number) for number in range(len(asked))]


def _compared(asked: Sequence[Query], segments: Sequence[Segment], *, prefixes: bool = False) -> Compared:
    parts = []
    for number, segment in enumerate(segments):
        found = retrieval.retrieve(segment.index, asked, prefixes=prefixes)
        if newer := segments[:number]:
            found = found[np.flatnonzero(~superseded(newer, segment.index, found.entry))]
        parts.append(compare(segment.index, asked, found, number))
    return joined(parts)


@dataclass(frozen=True, slots=True)
class _Exact:
    """What the database itself has under exactly the names sought, by the number of the query."""

    organisations: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    sites: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    aliases: dict[int, set[tuple[int, int | None]]] = field(default_factory=lambda: defaultdict(set))

    def not_in(self, compared: Compared) -> Units | None:
        """Units that no index answered with, as they were renamed in place since it was read."""
        units = _missing(self.organisations, compared.query, compared.unit)
        sites = _missing(self.sites, compared.query, compared.site)
        return Units(units, sites) if units or sites else None


def _missing(exact: dict[int, set[int]], query: Array, found: Array) -> frozenset[int]:
    have = set(zip(query.tolist(), found.tolist(), strict=True))
    return frozenset(
        unit for number, units in exact.items() if len(units) <= _FEW for unit in units if (number, unit) not in have
    )


def _exact(sought: Sequence[Sought]) -> _Exact:
    numbers = defaultdict(list)
    for number, one in enumerate(sought):
        if key := search_key(one.name):
            numbers[key].append(number)
    exact = _Exact()
    rows = Organisation.objects.filter(search_name__in=list(numbers))
    for key, unit, its_number, same_as, same_site in rows.values_list(
        "search_name", "pk", "number", "same_as_id", "same_site_id"
    ):
        for number in numbers[key]:
            if same_as:
                exact.aliases[number].add((same_as, same_site))
            elif its_number:
                exact.organisations[number].add(unit)
    # a work site called as its owner is no name of its own, and no index has it
    sites = Establishment.objects.filter(search_name__in=list(numbers)).exclude(
        organisation__search_name=F("search_name")
    )
    for key, site in sites.values_list("search_name", "pk"):
        for number in numbers[key]:
            exact.sites[number].add(site)
    return exact


class _Answers:
    """Candidates for people, checked against the database as it is now."""

    def __init__(
        self, asked: Sequence[Query], segments: Sequence[Segment], judged: Judged, model: Model, exact: _Exact,
        rank: Array | None = None,
    ) -> None:  # fmt: skip
        self.asked, self.segments, self.pairs = asked, segments, judged.pairs
        self.model, self.aliases = model, exact.aliases
        self.probability = model.probability(judged.features)
        self.start = np.searchsorted(self.pairs.query, np.arange(len(asked) + 1)).tolist()
        self.order: list[int] = np.lexsort((-(self.probability if rank is None else rank), self.pairs.query)).tolist()
        self.organisation, self.unit = self.pairs.organisation.tolist(), self.pairs.unit.tolist()
        self.site = self.pairs.site.tolist()
        self.worth_showing = rank is None
        self.shown = [at for number in range(len(asked)) for at in self._best(number)]
        aliased = {unit for aliases in self.aliases.values() for unit, _site in aliases}
        sites = Establishment.objects.filter(pk__in={self.site[at] for at in self.shown} - {0})
        self.sites = {site: (owner, name) for site, owner, name in sites.values_list("pk", "organisation_id", "name")}
        units = {self.organisation[at] for at in self.shown} | {self.unit[at] for at in self.shown}
        self.known = _known(units | {owner for owner, _name in self.sites.values()} | aliased)

    def _best(self, number: int, most: int = MOST) -> list[int]:
        return self.order[self.start[number] : min(self.start[number + 1], self.start[number] + most + 5)]

    def finding(self, number: int) -> Finding:
        if aliases := self._aliases(number):
            others = [one for one in self.candidates(number, MOST) if one.organisation != aliases[0].organisation]
            verdict = Verdict.CERTAIN if len(aliases) == 1 else Verdict.DOUBT
            return Finding(verdict, (*aliases, *others)[:MOST])
        candidates = tuple(self.candidates(number, MOST))
        if not candidates or candidates[0].probability < self.model.doubt:
            return NOTHING
        certain = candidates[0].probability >= self.model.certain
        return Finding(Verdict.CERTAIN if certain else Verdict.DOUBT, candidates)

    def _aliases(self, number: int) -> list[Candidate]:
        aliases = [one for one in self.aliases.get(number, ()) if one[0] in self.known]
        share = _WRITTEN_BEFORE / max(len(aliases), 1)
        return [Candidate(unit, site, share, (Reason.of("written_before"),)) for unit, site in sorted(aliases, key=str)]

    def _name(self, at: int) -> str:
        return self.segments[int(self.pairs.index[at])].index.name(int(self.pairs.entry[at]))

    def candidates(self, number: int, most: int) -> list[Candidate]:
        return list(self._candidates(number, most))

    def _candidates(self, number: int, most: int) -> Iterator[Candidate]:
        given: set[int] = set()
        for at in self._best(number, most):
            site, organisation, name_now = self.site[at], self.unit[at], ""
            if site:
                organisation, name_now = self.sites.get(site, (0, ""))
            elif organisation in self.known:
                name_now = self.known[organisation].name
            name = self._name(at)
            if not self.pairs.until[at] and search_key(name) != search_key(name_now):
                continue  # renamed in place, or another has its key
            while (known := self.known.get(organisation)) and known.part_of:
                organisation = known.part_of
            if known is None or organisation in given or len(given) == most:
                continue
            if given and self.worth_showing and self.probability[at] < _WORTH_SHOWING:
                break
            given.add(organisation)
            row = self.pairs.features[at].tolist()
            why = reasons(
                self.asked[number], name, int(self.pairs.until[at]), int(self.pairs.same_key[at]),
                dict(zip(FEATURES, row, strict=True)).__getitem__, known,
            )  # fmt: skip
            yield Candidate(organisation, site or None, round(float(self.probability[at]), 4), why)


def _known(units: Iterable[int]) -> dict[int, Known]:
    """Those that are still there, identified and nobody else's other name; with the units that they are part of."""
    known: dict[int, Known] = {}
    wanted = set(units)
    while wanted:
        rows = Organisation.objects.filter(pk__in=wanted, same_as=None).exclude(number="")
        found = {row[0]: Known(*row[1:]) for row in rows.values_list("pk", "name", "form", "closed_on", "part_of_id")}
        known |= found
        wanted = {one.part_of for one in found.values() if one.part_of} - known.keys()
    return known
