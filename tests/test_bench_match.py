"""The benchmark of finding by name: it makes the same names again, and what the matcher ties is right."""

import pytest

from bench.match import measuring, noise, register
from samtall.parties.matching.index import build
from samtall.parties.matching.model import model

UNITS, CASES = 4_000, 1_500


def test_the_same_seed_makes_the_same_register_and_the_same_cases() -> None:
    units = register.made(600)
    assert units == register.made(600)
    assert noise.Typist(units, 3).cases(50) == noise.Typist(units, 3).cases(50)
    assert noise.Typist(units, 3).cases(50) != noise.Typist(units, 4).cases(50)


def test_every_kind_of_difficulty_is_among_the_cases() -> None:
    cases = noise.Typist(register.made(UNITS), 2).cases(CASES)
    assert {case.kind for case in cases} == {*noise.CLASSES, noise.NOBODY}
    assert all((case.truth == 0) == (case.kind == noise.NOBODY) for case in cases)


@pytest.mark.parametrize("seed", [2, 3])
def test_of_what_is_tied_at_least_99_in_100_are_right(seed: int) -> None:
    units = register.made(UNITS)
    cases = noise.Typist(units, seed).cases(CASES)
    score = measuring.score(cases, measuring.ranked(build(register.entries(units)), cases, model()), model().certain)
    assert score.precision >= 0.99
    assert score.wrong_of_nobody <= 0.01
    assert score.tied >= 0.70
