"""`samtall prove`: every proof holds, and fails when a protection is taken away; here in a small size."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from samtall.config.prove import registry
from samtall.config.prove.throwaway import Ground
from samtall.config.prove.trying import BROKEN, holds, notices
from tests.processes import finish

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", registry.NAMES)
def test_the_promise_holds(name: str, own_database: dict[str, str]) -> None:
    assert tried(own_database, name) == (0, "")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="what a proof notices does not depend on the database; this takes long"
)
@pytest.mark.parametrize(
    ("name", "weakness"),
    [(name, weakness.code) for name in registry.NAMES for weakness in registry.named(name).weaknesses],
)
def test_a_protection_that_is_missing_is_noticed(name: str, weakness: str, own_database: dict[str, str]) -> None:
    assert tried(own_database, name, weakness)[0] == BROKEN


def tried(environment: dict[str, str], name: str, *weakness: str) -> tuple[int | None, str]:
    """How a small trial ended, and what did not hold in it."""
    done = finish(environment, "-m", "samtall.config.prove", name, "small", "en", *weakness)
    return done.returncode, done.stderr + "".join(re.findall(r"^✗.*(?:\n    .*)*", done.stdout, re.MULTILINE))


def test_each_trial_is_a_process_of_its_own_on_a_database_of_its_own(place: Ground) -> None:
    proof = registry.named("probing")
    assert holds(proof, place, "small")
    assert notices(replace(proof, weaknesses=proof.weaknesses[:1]), place, "small")


def test_every_proof_can_fail() -> None:
    assert [proof.name for proof in registry.proofs() if not proof.weaknesses] == []


def test_what_can_be_tried_is_told_of() -> None:
    with translation.override("en"):
        told = {proof.name: str(proof.promise) for proof in registry.proofs()}
    page = (ROOT / "docs/prove.md").read_text()
    assert dict(re.findall(r"^\| (\w+) \| ([^|]+) \|$", page, re.MULTILINE)) == {"name": "what is promised"} | told
