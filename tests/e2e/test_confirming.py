"""A company's contact confirms on a phone, without an account and without JavaScript."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.base import clock
from samtall.confirmations import operations as confirmations
from samtall.mail.models import Letter
from samtall.parties import operations as parties

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lecture(coordinator: User) -> Activity:
    said: dict[str, Any] = {"by": coordinator, "at": clock.now()}
    lecture = activities.record("guest_lecture", title="Fjell", starts=date(2017, 3, 3), state="completed", **said)
    for role, name in (("lecturer", "Bø Bygg AS"), ("institution", "Høgskolen")):
        organisation = parties.add_organisation(name, at=clock.now())
        activities.add_participation(lecture, role=role, organisation=organisation, **said)
    lecturer = lecture.participations.select_related("activity").get(role="lecturer")
    confirmations.ask(lecturer, address="post@bobygg.example.org", language="nn", **said)
    return lecture


def test_one_press_of_the_button_is_enough(
    lecture: Activity, open_page: Callable[..., Page], examine: Callable[[Page], list[str]]
) -> None:
    link = re.search(r"/bekreft/\S+", Letter.objects.get().text)
    assert link is not None
    for scheme in ("light", "dark"):
        looking = open_page(width=360, scheme=scheme)
        looking.goto(link[0])
        assert examine(looking) == []
    assert lecture.evidence.count() == 0
    phone = open_page(width=360, scripts=False)
    phone.goto(link[0])
    assert "Bø Bygg AS heldt gjesteførelesing ved Høgskolen 3. mars 2017: «Fjell»." in phone.inner_text("main")
    phone.click("text=Ja, dette er rett")
    assert phone.inner_text("h1") == "Takk"
    assert [one.kind for one in lecture.evidence.all()] == ["confirmation"]
