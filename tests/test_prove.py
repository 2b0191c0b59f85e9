"""`samtall prove`: every proof holds, and fails when a protection is taken away; here in a small size."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from samtall.config.prove import registry
from samtall.config.prove.throwaway import Ground
from samtall.config.prove.trying import holds, notices

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", registry.NAMES)
def test_the_promise_holds(name: str, place: Ground) -> None:
    assert holds(registry.named(name), place, "small")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="what a proof notices does not depend on the database; this takes long"
)
@pytest.mark.parametrize(
    ("name", "weakness"),
    [(name, weakness.code) for name in registry.NAMES for weakness in registry.named(name).weaknesses],
)
def test_a_protection_that_is_missing_is_noticed(name: str, weakness: str, place: Ground) -> None:
    proof = registry.named(name)
    [taken_away] = [one for one in proof.weaknesses if one.code == weakness]
    assert notices(replace(proof, weaknesses=[taken_away]), place, "small")


def test_every_proof_can_fail() -> None:
    assert [proof.name for proof in registry.proofs() if not proof.weaknesses] == []


def test_what_can_be_tried_is_told_of() -> None:
    with translation.override("en"):
        told = {proof.name: str(proof.promise) for proof in registry.proofs()}
    page = (ROOT / "docs/prove.md").read_text()
    assert dict(re.findall(r"^\| (\w+) \| ([^|]+) \|$", page, re.MULTILINE)) == {"name": "what is promised"} | told
