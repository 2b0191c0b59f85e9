"""Everybody can check the books; who gets checkpoints is for those who answer for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.ledger import checkpoints, signing
from samtall.ledger.operations import restate
from samtall.ledger.tests.test_verify import FACT
from samtall.witnesses import operations, work
from samtall.witnesses.models import Receiver

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ASKED = {"name": "Revisor i Nome", "email": "revisor@nome.example", "language": "nn"}


@pytest.fixture(autouse=True)
def books(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.SIGNING_KEY = tmp_path, ""
    restate("activity:1", [FACT], by="user:1", at=AT)


def test_the_page_shows_the_newest_checkpoint_and_the_keys(client: Client) -> None:
    old = checkpoints.verifier_key()
    signing.renew()
    page = client.get(reverse("check-books"))
    assert page.context["note"] == checkpoints.sign(checkpoints.current())
    assert (str(page.context["key"]), [str(one) for one in page.context["earlier"]]) == (
        checkpoints.verifier_key(),
        [old],
    )
    shown = page.content.decode()
    assert all(key in shown for key in (old, checkpoints.verifier_key()))


def test_the_checkpoint_is_saved_as_it_was_signed(client: Client) -> None:
    response = client.get(reverse("checkpoint"))
    assert response.content.decode() == checkpoints.sign(checkpoints.current())
    assert response["Content-Disposition"] == 'attachment; filename="kontrollpunkt-1.txt"'


def test_the_page_tells_what_others_have_and_not_who_they_are(client: Client) -> None:
    operations.add(**ASKED, by="user:1", at=AT)
    work.send_monthly(AT)
    page = client.get(reverse("check-books"))
    assert [row[1:] for row in page.context["sent"].rows] == [(1, 1)]
    assert "Nome" not in page.content.decode()


def test_somebody_is_added_and_ended(client: Client, programme_manager: User) -> None:
    client.force_login(programme_manager)
    assert client.post(reverse("witnesses"), ASKED).status_code == 302
    receiver = Receiver.objects.get()
    assert (receiver.name, receiver.email, receiver.language, receiver.added_by) == (
        *ASKED.values(), programme_manager.signature,
    )  # fmt: skip
    client.post(reverse("witness-end", args=[receiver.pk]))
    receiver.refresh_from_db()
    assert (receiver.ended_by, receiver.ended_at is None) == (programme_manager.signature, False)
    page = client.get(reverse("witnesses")).context
    assert (list(page["receivers"]), list(page["earlier"])) == ([], [receiver])


def test_what_was_typed_is_kept_when_somebody_gets_them_already(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.post(reverse("witnesses"), ASKED)
    again = client.post(reverse("witnesses"), ASKED | {"name": "Ola"})
    assert (again.status_code, list(again.context["form"].errors), again.context["form"]["name"].value()) == (
        422, ["email"], "Ola",
    )  # fmt: skip
