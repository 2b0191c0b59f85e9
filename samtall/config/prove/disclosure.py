"""No published table lets one person be seen, nor two editions of it (G14, R20)."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from random import Random
from unittest.mock import patch

import numpy as np

from samtall.base.text import Words
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.figures import disclosure
from samtall.figures.disclosure import Key, Table, exposed, two_way

#: A later edition is made of one table in so many.
EVERY = 5


def run(trial: Trial) -> Iterator[Figure]:
    number = trial.times(5_000, 25)
    random = Random(14)
    computed: list[str] = []
    narrow: list[str] = []
    single: list[str] = []
    cells = further = 0
    for one in range(number):
        table = generated(random, distinct=bool(one % 2))
        away = disclosure.hidden(table)
        if worked_out(table, away):
            computed.append(str(table.values))
        if exposed(table, away):
            narrow.append(str(table.values))
        cells, further = cells + len(table.values), further + len(away - table.small())
        if one % EVERY:
            continue
        shown = {key: value for key, value in table.values.items() if key not in away}
        later = grown(random, table)
        gone = disclosure.hidden(later, earlier=shown)
        if moved_by_few(shown, {key: value for key, value in later.values.items() if key not in gone}):
            single.append(str(later.values))
    editions = -(-number // EVERY)
    tables = Words(f"{number} tabeller", f"{number} tabellar", f"{number} tables")
    yield Figure(
        Words("tabeller med en skjult celle som kan regnes ut", "tabellar med ei skjult celle som kan reknast ut",
              "tables with a hidden cell that can be worked out"),
        len(computed), tables, examples=computed[:3],
    )  # fmt: skip
    yield Figure(
        Words("tabeller med en skjult celle som kan vites nærmere enn 1–4",
              "tabellar med ei skjult celle som kan vitast nærare enn 1–4",
              "tables with a hidden cell that can be known closer than 1–4"),
        len(narrow), tables, examples=narrow[:3],
    )  # fmt: skip
    yield Figure(
        Words("utgaver der en celle viser 1–4 nye personer siden den forrige",
              "utgåver der ei celle viser 1–4 nye personar sidan den førre",
              "editions in which a cell shows 1–4 new people since the one before"),
        len(single), Words(f"{editions} utgaver", f"{editions} utgåver", f"{editions} editions"), examples=single[:3],
    )  # fmt: skip
    yield Figure(
        Words("celler skjult ut over de små", "celler skjulte ut over dei små", "cells hidden beyond the small ones"),
        round(100 * further / cells, 1),
        Words(f"{cells} celler", f"{cells} celler", f"{cells} cells"),
        most=15,
        unit=" %",
    )


def generated(random: Random, *, distinct: bool, most: int = 8) -> Table:
    """A table of people in rows and columns; when distinct, the same ones may be in several cells."""
    rows, columns = range(random.randint(2, most)), range(random.randint(2, most))
    scale = random.choice([3, 8, 20, 60])
    places = list(itertools.product(rows, columns))
    counts = {place: 0 if random.random() < 0.15 else int(random.expovariate(1 / scale)) for place in places}
    if not distinct:
        return two_way(
            counts,
            rows={row: sum(counts[row, column] for column in columns) for row in rows},
            columns={column: sum(counts[row, column] for row in rows) for column in columns},
            total=sum(counts.values()),
            distinct=False,
        )
    everybody = range(max(1, int(sum(counts.values()) * random.uniform(0.5, 1))))
    people = {place: set(random.sample(everybody, min(count, len(everybody)))) for place, count in counts.items()}
    return two_way(
        {place: len(some) for place, some in people.items()},
        rows={row: len(set().union(*(people[row, column] for column in columns))) for row in rows},
        columns={column: len(set().union(*(people[row, column] for row in rows))) for column in columns},
        total=len(set().union(*people.values())),
        distinct=True,
    )


def grown(random: Random, table: Table) -> Table:
    """The same table a while later: a few more people, here and there, each in one place only."""
    values = dict(table.values)
    inner = [key for key in values if disclosure.TOTAL not in key]
    for _one in range(random.randint(1, 6)):
        row, column = random.choice(inner)
        more = random.choice([1, 1, 2, 7])
        for key in ((row, column), (row, disclosure.TOTAL), (disclosure.TOTAL, column), (disclosure.TOTAL,) * 2):
            values[key] = (values[key] or 0) + more
    return replace(table, values=values)


def worked_out(table: Table, away: frozenset[Key]) -> set[Key]:
    """The small cells that equations alone give away, by their rank: another way than the one that hides them."""
    place = {key: number for number, key in enumerate(sorted(away, key=str))}
    rows = [_equation(place, [one.total], one.parts) for one in table.sums if not one.distinct]
    equations = np.array([row for row in rows if row.any()])
    if not len(equations):
        return set()
    rank = np.linalg.matrix_rank(equations)
    return {
        key
        for key in table.small()
        if key in place and np.linalg.matrix_rank(np.vstack([equations, _equation(place, [key], ())])) == rank
    }


def _equation(place: Mapping[Key, int], plus: Sequence[Key], minus: Sequence[Key]) -> np.ndarray:
    row = np.zeros(len(place))
    for sign, keys in ((1, plus), (-1, minus)):
        for key in keys:
            if key in place:
                row[place[key]] = sign
    return row


def moved_by_few(earlier: Mapping[Key, int | None], later: Mapping[Key, int | None]) -> set[Key]:
    """The cells shown in both whose change is 1–4."""
    return {key for key in earlier.keys() & later.keys() if 0 < abs((later[key] or 0) - (earlier[key] or 0)) < 5}


def _only_the_small_ones() -> AbstractContextManager[object]:
    return patch.object(disclosure, "_further", lambda *_: set())


def _each_edition_alone() -> AbstractContextManager[object]:
    return patch.object(disclosure, "told_between", lambda *_, **_options: set())


PROOF = Proof(
    name="disclosure",
    promise=Words(
        "Ingen tabell viser én person, og heller ikke to utgaver av den.",
        "Ingen tabell viser éin person, og heller ikkje to utgåver av han.",
        "No table shows one person, nor do two editions of it.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "complementary",
            Words("flere celler skjules enn de små", "fleire celler blir skjulte enn dei små", "others are hidden too"),
            _only_the_small_ones,
        ),
        Weakness(
            "editions",
            Words(
                "utgaven før tas med i regningen",
                "utgåva før blir teken med i rekninga",
                "the edition before is reckoned with",
            ),
            _each_edition_alone,
        ),
    ],
)
