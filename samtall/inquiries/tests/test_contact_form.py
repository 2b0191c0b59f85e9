"""A business fills in the contact form: what becomes an inquiry, and what is refused with nothing lost."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samtall.base.working_days import working_days_after
from samtall.inquiries import protection
from samtall.inquiries.models import ContactForm, Inquiry, Record, Unconfirmed
from samtall.inquiries.tests.conftest import ADDRESS, Send, answers, proof_of, shown
from samtall.inquiries.tokens import FormToken

ROOT = Path(__file__).resolve().parents[3]


def messages_in(response: Any) -> list[str]:
    """What stands beside the fields and above the form."""
    return re.findall(r'<li>(?:<a class="ds-link" href="[^"]*">)?(.*?)(?:</a>)?</li>', summary_of(response))


def summary_of(response: Any) -> str:
    found = re.search(r"<ds-error-summary.*?</ds-error-summary>", response.content.decode(), re.DOTALL)
    return found[0] if found else ""


def codes(response: Any) -> set[str]:
    return {error.code for errors in response.context["form"].errors.as_data().values() for error in errors}


def test_an_inquiry_is_received_with_a_case_number_and_a_deadline(send: Send) -> None:
    response = send(kinds=["thesis", "placement"], students="4")
    inquiry = Inquiry.objects.get()
    day = timezone.localdate(inquiry.received_at)
    assert response.status_code == 302
    assert (inquiry.number, inquiry.due_on) == (f"{day.year}-0001", working_days_after(day, 3))
    assert (inquiry.kinds, inquiry.answers, inquiry.reply_language) == (["thesis", "placement"], {"students": 4}, "nn")
    assert [record.action for record in inquiry.records.all()] == [Record.Action.RECEIVED]


def test_the_numbers_of_a_year_follow_one_another(send: Send) -> None:
    for _ in range(3):
        send()
    assert [one.number[-4:] for one in Inquiry.objects.order_by("pk")] == ["0001", "0002", "0003"]


def test_a_double_click_back_and_send_and_reload_give_one_inquiry(send: Send, client: Client) -> None:
    token = shown()
    first, second = send(token=token), send(token=token, description="Skrive om etter tilbake")
    again = client.get(second["Location"])
    assert Inquiry.objects.count() == 1
    assert "Vi har denne allerede" in again.content.decode()
    assert "Vi har denne allerede" not in client.get(first["Location"]).content.decode()
    assert Inquiry.objects.get().number in again.content.decode()


def test_who_goes_back_finds_the_same_form(client: Client, form: ContactForm) -> None:
    assert client.get(ADDRESS)["Cache-Control"] == "private, no-cache"


def test_the_same_form_sent_again_an_hour_later_is_still_the_same(send: Send) -> None:
    key = shown().key
    send(token=shown(key=key))
    send(token=shown(key=key, ago=timedelta(hours=1)))
    assert Inquiry.objects.count() == 1


def test_everything_that_is_wrong_is_said_at_once_and_what_was_written_is_kept(send: Send) -> None:
    response = send(contact_name="", email="kari@x", phone="12", students="mange", description="Om trevirke")
    assert response.status_code == 422
    assert codes(response) == {"T1", "M1", "M3", "N1"}
    assert len(messages_in(response)) == 4
    assert "Om trevirke" in response.content.decode()
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("contact_name", "", "T1"),
        ("contact_name", " ", "T1"),
        ("contact_name", "\xa0", "T1"),
        ("description", "x" * 20_001, "T2"),
        ("contact_name", "Kari " * 20_000, "T2"),
        ("contact_name", "e" + "\N{COMBINING ACUTE ACCENT}" * 2_000, "T2"),
        ("contact_name", "a\x1b[31m", "T3"),
        ("contact_name", "\ufffe", "T3"),
        ("contact_name", "\x7f\x7f", "T3"),
        ("email", "@x.no", "M1"),
        ("email", "kari@@x.no", "M1"),
        ("email", "kåre@eksempel.no", "M1"),
        ("email", "a@x.no,b@x.no", "M1"),
        ("email", "Kari <k@x.no>", "M1"),
        ("email", "k@x.no\nBcc: v@x.no", "M1"),
        ("email", "kari@localhost", "M2"),
        ("email", "kari@[127.0.0.1]", "M2"),
        ("email", "kari@x.invalid", "M2"),
        ("students", "1e3", "N1"),
        ("students", "1,5", "N1"),
        ("students", "１２", "N1"),
        ("students", "½", "N1"),
        ("students", "2147483648", "N2"),
        ("students", "10001", "N2"),
        ("organisation", "974 760 674", "V1"),
        ("kinds", ["999"], "invalid_choice"),
        ("kinds", ["competence_job"], "invalid_choice"),
        ("place", "__proto__", "invalid_choice"),
        ("place", ["here", "remote"], "V1"),
        ("notice", "", "required"),
        ("notice", "0", "G1"),
        ("notice", "maybe", "G1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_code(send: Send, field: str, written: Any, code: str) -> None:
    response = send(**{field: written})
    assert (response.status_code, codes(response)) == (422, {code})
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Kari  ", "Kari"),
        ("Kari\u200bNordmann", "KariNordmann"),
        ("ﬁrma", "firma"),
        ("Kari\xa0N", "Kari N"),
    ],
)
def test_what_can_be_tidied_is_tidied(send: Send, written: str, kept: str) -> None:
    send(contact_name=written)
    assert Inquiry.objects.get().contact_name == kept


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}}",
        "{% debug %}",
        "'; DROP TABLE x;--",
        "=1+1",
    ],
)
def test_what_looks_dangerous_is_kept_as_text_and_shown_as_text(send: Send, written: str) -> None:
    send(description=written)
    assert Inquiry.objects.get().description == written
    page = send(description=written, email="").content.decode()
    assert written not in page or "<" not in written


def test_a_form_left_open_for_too_long_is_sent_again_with_its_text(send: Send) -> None:
    old = shown(ago=timedelta(hours=25))
    response = send(token=old, description="Om trevirke")
    assert response.status_code == 403
    assert messages_in(response) == ["Siden var åpen for lenge. Teksten din er tatt vare på; trykk Send en gang til."]
    assert "Om trevirke" in response.content.decode()
    assert response.context["key"] == old.key


@pytest.mark.parametrize("token", ["", "abc", FormToken.new("naeringsliv", shown().shown_at).signed() + "x"])
def test_a_form_that_is_not_ours_is_not_taken(client: Client, form: ContactForm, token: str) -> None:
    response = client.post(ADDRESS, answers(token=token))
    assert (response.status_code, Inquiry.objects.count()) == (403, 0)


def test_the_token_of_another_form_is_not_taken(send: Send) -> None:
    assert send(token=shown(slug="annet")).status_code == 403


def test_a_form_on_somebody_elses_page_cannot_send_ours(client: Client, form: ContactForm) -> None:
    token = shown()
    said = answers(token=token.signed(), proof=proof_of(token))
    assert client.post(ADDRESS, said, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post(ADDRESS, said, headers={"origin": "http://testserver"}).status_code == 302


@pytest.mark.parametrize(
    "robotic",
    [
        {"ago": timedelta(seconds=0.3)},
        {"website": "https://spam.example"},
        {"proof": "1234567"},
    ],
    ids=["too fast", "fell into the trap", "wrong proof"],
)
def test_what_a_robot_does_is_refused_and_the_text_is_kept(send: Send, robotic: dict[str, Any]) -> None:
    token = shown(ago=robotic.pop("ago", timedelta(minutes=3)))
    response = send(token=token, description="Om trevirke", **robotic)
    assert (response.status_code, Inquiry.objects.count(), Unconfirmed.objects.count()) == (422, 0, 0)
    assert "Om trevirke" in response.content.decode()


def test_a_proof_serves_one_form_only(send: Send) -> None:
    first = shown()
    send(token=first)
    assert send(token=shown(), proof=proof_of(first)).status_code == 422
    assert Inquiry.objects.count() == 1


def test_without_scripts_it_is_confirmed_by_letter(send: Send, client: Client) -> None:
    response = send(proof="", description="Uten skript")
    assert (Inquiry.objects.count(), Unconfirmed.objects.get().said["description"]) == (0, "Uten skript")
    assert "e-post" in client.get(response["Location"]).content.decode()


def test_what_is_too_much_or_of_another_sort_is_refused(client: Client, form: ContactForm) -> None:
    many = {f"f{number}": "x" for number in range(1_001)}
    assert client.post(ADDRESS, many).status_code == 413
    assert client.post(ADDRESS, "<a/>", content_type="text/xml").status_code == 415


@pytest.mark.parametrize(("language", "heading"), [("nn", "Samarbeid med studentar"), ("en", "Work with students")])
def test_the_form_is_in_the_language_of_the_address_or_the_browser(
    client: Client, form: ContactForm, language: str, heading: str
) -> None:
    by_address = client.get(f"{ADDRESS}?sprak={language}", headers={"accept-language": "nb"})
    by_browser = client.get(ADDRESS, headers={"accept-language": language})
    for response in (by_address, by_browser):
        assert heading in response.content.decode()
        assert f'<html lang="{language}"' in response.content.decode()
        assert response["Content-Language"] == language


def test_bokmal_and_nynorsk_are_offered_at_the_same_time(client: Client, form: ContactForm) -> None:
    page = client.get(ADDRESS).content.decode()
    assert re.findall(r'hreflang="(\w+)"', page) == ["nb", "nn", "en"]


def test_a_frame_gets_and_sets_no_cookie(client: Client, form: ContactForm) -> None:
    client.cookies["sessionid"] = "stolen"
    for address in (f"/innfelt{ADDRESS}", "/innfelt/kontakt/finnes-ikke/"):
        assert client.get(address).cookies == {}


def test_only_the_sites_that_the_form_names_may_frame_it(client: Client, form: ContactForm) -> None:
    text = form.text.replace("# origins = [", "origins = [")
    ContactForm.objects.create(slug=form.slug, text=text, saved_by="x", saved_at=form.saved_at)
    policy = client.get(f"/innfelt{ADDRESS}")
    assert "frame-ancestors 'self' https://www.example.no;" in policy["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in policy
    own = client.get(ADDRESS)
    assert "frame-ancestors 'none'" in own["Content-Security-Policy"]
    assert own["X-Frame-Options"] == "DENY"


def test_many_from_one_address_are_confirmed_by_e_mail_and_then_asked_to_wait(
    send: Send, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protection, "DIRECTLY", {"address": 2, "network": 3, "form": 9})
    monkeypatch.setattr(protection, "BY_LETTER", {"address": 2, "network": 9})
    met = [send(email=f"kari{number}@bo.example", description="Om trevirke") for number in range(5)]
    assert [response.status_code for response in met] == [302] * 4 + [429]
    assert [Inquiry.objects.count(), Unconfirmed.objects.count()] == [2, 2]
    assert "fordi det kommer mange henvendelser akkurat nå" in client.get(met[3]["Location"]).content.decode()
    assert int(met[4]["Retry-After"]) == 60 * 60
    assert "Om trevirke" in met[4].content.decode()
    assert "om 60 minutter" in summary_of(met[4])


def test_the_neighbours_in_a_network_share_what_is_taken_and_others_do_not(
    send: Send, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protection, "DIRECTLY", {"address": 2, "network": 3, "form": 9})
    monkeypatch.setattr(protection, "BY_LETTER", {"address": 2, "network": 1})

    def sent_from(address: str) -> Any:
        client.defaults["REMOTE_ADDR"] = address
        return send(email=f"kari@{address}.example")

    met = [sent_from(f"192.0.2.{number}").status_code for number in range(1, 6)]
    assert (met, Inquiry.objects.count(), Unconfirmed.objects.count()) == ([302] * 4 + [429], 3, 1)
    assert (sent_from("198.51.100.1").status_code, Inquiry.objects.count()) == (302, 4)


def test_a_form_that_is_sent_again_counts_once(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "DIRECTLY", {"address": 1})
    token = shown()
    assert [send(token=token).status_code for _ in range(3)] == [302] * 3
    assert (Inquiry.objects.count(), Unconfirmed.objects.count()) == (1, 0)


def test_the_guide_and_the_changelog_say_how_many_are_taken_in_an_hour() -> None:
    guide, changes = ((ROOT / one).read_text() for one in ("docs/guides/henvendelser.md", "CHANGELOG.md"))
    direct, by_letter = protection.DIRECTLY, protection.BY_LETTER
    for said in (
        f"{direct['form']} henvendelser imot direkte i hvert skjema, {direct['network']} fra samme nett",
        f"{direct['address']} fra samme adresse",
        f"{by_letter['address']} fra samme adresse og {by_letter['network']} fra samme nett",
    ):
        assert said in guide
    assert f"More than {direct['form']} an hour in one form, or {direct['network']} from" in changes


def test_what_becomes_of_it_is_told_beside_the_button_in_a_window_of_its_own(client: Client, form: ContactForm) -> None:
    for address in ("/kontakt/naeringsliv/", "/innfelt/kontakt/naeringsliv/"):
        page = client.get(address).content.decode()
        beside = page.partition('type="submit"')[2].partition("</form>")[0]
        assert re.search(r'<a href="/personvern/" target="_blank" rel="noopener">', beside)
