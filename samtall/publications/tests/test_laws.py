"""The law of publishing, on generated histories: nothing published ever changes, and all of it can be counted again."""

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.discretion import about_people
from samtall.figures.queries import latest_versions
from samtall.figures.tests.test_laws import AT, definitions, facts, succession
from samtall.ledger.operations import restate
from samtall.places.models import Region
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.corrections import corrections, steps
from samtall.publications.models import Block, Edition, Publication
from samtall.publications.refusals import NotOpen, ToldElsewhere
from samtall.publications.verifying import faults_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: Each is a history of up to fifteen acts, and everything it published is counted again.
EXAMPLES = max(20, int(os.environ.get("SAMTALL_EXAMPLES", "0")) // 10)

#: What happens: a source is restated, an organisation passes into another, a figure is defined anew, an edition is out.
acts = st.lists(
    st.one_of(
        st.tuples(st.just("restate"), st.integers(1, 4), st.lists(facts(), max_size=3)),
        st.tuples(st.just("succeed"), st.integers(1, 5), st.dates(date(2015, 6, 1), date(2018, 8, 31))),
        st.tuples(st.just("define"), st.integers(1, 2), definitions()),
        st.tuples(st.just("publish"), st.integers(2014, 2018), st.sampled_from(Edition.Protection.values)),
    ),
    min_size=4,
    max_size=14,
)


class Books:
    """A programme with two figures; what happens to it, and the editions that came out on the way."""

    def __init__(self) -> None:
        region = Region.objects.create(slug="her", name_nb="Her", name_nn="Her", name_en="Here")
        words = Words("Her", "Her", "Here")
        self.programme = Programme.objects.create(
            slug="her", region=region, name=words.as_dict(), starts=date(2014, 1, 1), ends=date(2018, 12, 31)
        )
        self.at = AT
        self.editions: list[tuple[Edition, str, str]] = []

    def do(self, act: str, one: int, other: Any) -> None:
        self.at += timedelta(days=1)
        if act == "restate":
            restate(f"activity:{one}", other, by="user:1", at=self.at)
        elif act == "succeed":
            restate(f"succession:{one}", [succession(one, one + 1, other)], by="user:1", at=self.at)
        elif act == "define":
            words = Words("Et tall", "Eit tal", "A figure")
            figures.define(
                f"tall-{one}", name=words, definition=other, public=not about_people(other), by="user:1", at=self.at
            )
        else:
            self.publish(one, other)

    def publish(self, first: int, protection: str) -> None:
        number = Publication.objects.count()
        edition = operations.begin(
            self.programme,
            f"utgave-{number}",
            sort="report",
            title=Words("Året", "Året", "The year"),
            starts=date(first, 1, 1),
            ends=date(2018, 12, 31),
            by="user:1",
            at=self.at,
        )
        edition.blocks.all().delete()
        Edition.objects.filter(pk=edition.pk).update(protection=protection)
        for version in latest_versions(with_people=True):
            said = {"figure": version.figure.slug, "version": version.number, "groupings": ["kind"], "text": {}}
            Block.objects.create(edition=edition, ordering=version.pk, sort="figure", said=said)
        if edition.blocks.exists():
            try:
                operations.propose(edition, by="user:1", at=self.at)
            except (NotOpen, ToldElsewhere):
                return
            operations.approve(edition, by="user:2", at=self.at)
            self.editions.append((edition, edition.frozen, edition.checkpoint))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts)
def test_whatever_happens_nothing_published_changes_and_what_differs_is_explained(history: Any) -> None:
    savepoint = transaction.savepoint()
    try:
        books = Books()
        for act, one, other in (*history, ("publish", 2016, "rounded")):
            books.do(act, one, other)
        for edition, frozen, checkpoint in books.editions:
            edition.refresh_from_db()
            assert (edition.frozen, edition.checkpoint) == (frozen, checkpoint)
            assert list(faults_of(edition)) == []
            today = (books.at + timedelta(days=400)).date()
            for one in corrections(edition, on=today):
                if not one.figure.about_people:
                    assert one.whole.before is not None
                    assert one.whole.now is not None
                    effects = sum(step.effect for step in steps(one, one.postings, on=today))
                    assert one.whole.before.exact + one.merged + effects == one.whole.now.exact  # type: ignore[operator]
    finally:
        transaction.savepoint_rollback(savepoint)
