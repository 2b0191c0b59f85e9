"""Bad input to the contact form, sort by sort, each over the real page: the outcome it must have, and nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from samtall.inquiries.models import ContactForm, Inquiry, Unconfirmed
from samtall.inquiries.tests.conftest import ADDRESS, Send, answers, proof_of, shown
from samtall.inquiries.tests.test_contact_form import codes
from samtall.inquiries.tokens import FormToken

#: By code: field and what is written. Django's own codes are those of T1 and V1.
REFUSED: dict[str, list[tuple[str, Any]]] = {
    "T1": [(field, text) for field in ("contact_name", "description") for text in ("", " ", "\xa0")],
    "T2": [
        ("description", "x" * 20_001),
        ("contact_name", "x" * 1_000_000),
        ("contact_name", "e" + "\N{COMBINING ACUTE ACCENT}" * 2_000),
    ],
    "T3": [("contact_name", text) for text in ("a\x1b[31m", "\ufffe", "\x7f\x7f", "a\x00b")],
    "M1": [
        ("email", text)
        for text in (
            "@x.no", "kari@x", "kari@@x.no", "kari@x..no", "kåre@eksempel.no", "a@x.no,b@x.no", "Kari <k@x.no>",
            "k@x.no\nBcc: v@x.no", '"a b"@x.no', "k@-x.no", "k@" + "x" * 260, "раypal@x.no",
        )
    ],
    "M2": [("email", f"kari@{domain}") for domain in ("localhost", "[127.0.0.1]", "[::1]", "x.invalid")],
    "N1": [("students", text) for text in ("abc", "1e3", "1,5", "1 2", "NaN", "Infinity", "１２", "٣", "½")],
    "N2": [("students", text) for text in ("2147483648", "10001", "0", "-1")],
    "V1": [("place", ["here", "remote"]), ("organisation", "974 760 674")],
    "invalid_choice": [
        *(("kinds", [text]) for text in ("999", "__proto__", "-1", "")),
        *(("place", text) for text in ("999", "__proto__", "-1")),
    ],
    "required": [("notice", ""), ("reply_language", "")],
    "G1": [("notice", text) for text in ("0", "maybe")],
}  # fmt: skip

#: What is taken as it is and shown as text.
LITERAL = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "{% debug %}", "${7*7}", "' OR 1=1--",
    "'; DROP TABLE x;--", "javascript:alert(1)", "<svg/onload=alert(1)>", "../../etc/passwd", "=1+1", "@SUM(A1)",
)  # fmt: skip

#: What is taken, and what is kept of it.
TIDIED = {"  Kari  ": "Kari", "Kari\u200bNordmann": "KariNordmann", "ﬁrma": "firma", "Kari\xa0N": "Kari N"}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_code_and_what_was_written_stays(code: str, send: Send) -> None:
    met = {}
    for field, written in REFUSED[code]:
        said = {"description": "Om trevirke"} | {field: written}
        response = send(**said)
        met[field, str(written)[:30]] = (response.status_code, codes(response))
        assert field == "description" or "Om trevirke" in response.content.decode()
    assert {key: one for key, one in met.items() if one != (422, {code})} == {}
    assert (Inquiry.objects.count(), Unconfirmed.objects.count()) == (0, 0)


@pytest.mark.parametrize("half", ["%ED%A0%80", "%ED%BF%BF"])
def test_half_a_character_is_kept_as_the_mark_of_what_cannot_be_read(
    half: str, client: Client, form: ContactForm
) -> None:
    token = shown()
    sent = "&".join(f"{name}={value}" for name, value in answers(contact_name=f"a{half}").items())
    sent += f"&token={token.signed()}&proof={proof_of(token)}"
    response = client.post(ADDRESS, sent, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, "\ud800" in Inquiry.objects.get().contact_name) == (302, False)


def test_what_looks_like_code_is_kept_and_shown_as_it_was_written(send: Send, client: Client) -> None:
    for number, written in enumerate(LITERAL):
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        receipt = client.get(send(description=written, email=f"kari{number}@x.example")["Location"])
        case = client.get(receipt.context["case"]).content.decode()
        assert (Inquiry.objects.latest("pk").description, escape(written) in case) == (written, True)
    assert Inquiry.objects.count() == len(LITERAL)


def test_spaces_and_invisible_characters_are_tidied(send: Send) -> None:
    kept = {}
    for written in TIDIED:
        send(contact_name=written)
        kept[written] = Inquiry.objects.latest("pk").contact_name
    assert kept == TIDIED


def test_what_robots_do_is_refused_with_the_text_kept(send: Send) -> None:
    used = shown()
    refused = {
        "too soon": send(token=shown(ago=timedelta(seconds=-5))),  # however slow the machine is
        "another proof": send(proof="12345678"),
        "the trap": send(website="x"),
    }
    assert {name: one.status_code for name, one in refused.items()} == dict.fromkeys(refused, 422)
    assert all("kunne ikke bekrefte" in one.content.decode() for one in refused.values())
    assert [send(token=used).status_code for _ in range(2)] == [302, 302]
    assert Inquiry.objects.count() == 1  # a proof that is copied gives what it gave before


def test_a_form_that_is_not_ours_or_lay_open_too_long_is_shown_again_with_the_text(
    client: Client, form: ContactForm
) -> None:
    token = shown()
    said = answers(description="Om trevirke") | {"proof": proof_of(token)}
    refused = [
        client.post(ADDRESS, said),
        client.post(ADDRESS, said | {"token": FormToken.new("another-form", timezone.now()).signed()}),
        client.post(ADDRESS, said | {"token": token.signed()}, headers={"Origin": "https://evil.example"}),
        client.post(ADDRESS, said | {"token": shown(ago=timedelta(hours=25)).signed()}),
    ]
    assert [(one.status_code, "Om trevirke" in one.content.decode()) for one in refused] == [(403, True)] * 4
    assert Inquiry.objects.count() == 0


def test_requests_that_no_browser_makes_are_refused(client: Client, form: ContactForm) -> None:
    xml = client.post(ADDRESS, "<a/>", content_type="text/xml")
    many = client.post(ADDRESS, {f"f{number}": "1" for number in range(1_001)})
    elsewhere = client.get(ADDRESS, headers={"X-Forwarded-Host": "evil.example"})
    led_away = client.get(f"{ADDRESS}?next=//evil.example")
    assert [xml.status_code, many.status_code, elsewhere.status_code, led_away.status_code] == [415, 413, 200, 200]
    assert "evil.example" not in elsewhere.content.decode() + led_away.content.decode()
