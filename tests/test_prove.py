"""`samtall prove`: every proof holds, and fails when a protection is taken away; here in a small size."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from samtall.config.prove import registry
from samtall.config.prove.throwaway import Ground, ground
from samtall.config.prove.trying import holds, notices

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground() as place:
        yield place


@pytest.mark.parametrize("name", registry.NAMES)
def test_the_promise_holds(name: str, place: Ground) -> None:
    assert holds(registry.named(name), place, "small")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="what a proof notices does not depend on the database; this takes long"
)
@pytest.mark.parametrize("name", registry.NAMES)
def test_a_protection_that_is_missing_is_noticed(name: str, place: Ground) -> None:
    proof = registry.named(name)
    assert proof.weaknesses
    assert notices(proof, place, "small")


def test_what_can_be_tried_is_told_of() -> None:
    with translation.override("en"):
        told = {proof.name: str(proof.promise) for proof in registry.proofs()}
    page = (ROOT / "docs/prove.md").read_text()
    assert dict(re.findall(r"^\| (\w+) \| ([^|]+) \|$", page, re.MULTILINE)) == {"name": "what is promised"} | told
