"""Letters are put in the outbox with what happened, and with nothing that did not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db import transaction

from samtall.base.reading import Unreadable
from samtall.mail import operations
from samtall.mail.calendar import calendar_file
from samtall.mail.files import File
from samtall.mail.message import html_of, message_of
from samtall.mail.models import Letter
from samtall.mail.tests.conftest import AT, Server, WriteLetter

pytestmark = pytest.mark.django_db


def reasons(letter: Letter) -> list[tuple[str, str]]:
    return list(letter.records.values_list("what", "note"))


def test_a_letter_is_worded_when_it_is_written(write: WriteLetter) -> None:
    letter = write()
    assert (letter.subject, letter.state, letter.due_at) == ("About bread", "waiting", AT)
    assert letter.text == "Hello, Kari.\n\nhttp://localhost:8000/sak/12/\nhttps://evil.example/"


def test_the_receiver_chooses_the_language() -> None:
    written = {
        language: operations.write(
            to="kari@bakeri.example",
            language=language,
            template="mail/letters/trial.txt",
            context={},
            purpose="trial",
            by="system:test",
            at=AT,
        ).subject
        for language in ("nb", "nn", "en", "de")
    }
    assert written == {
        "nb": "Brev fra Samtall kommer fram",
        "nn": "Brev frå Samtall kjem fram",
        "en": "Letters from Samtall arrive",
        "de": "Brev fra Samtall kommer fram",
    }


def test_what_is_rolled_back_leaves_no_letter(write: WriteLetter) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert Letter.objects.count() == 0


def test_what_is_once_is_written_once(write: WriteLetter) -> None:
    first = write(once="reminder:deadline-12:person-7")
    second = write(once="reminder:deadline-12:person-7", at=AT + timedelta(days=1), context={"title": "x", "name": "y"})
    other = write(once="reminder:deadline-13:person-7")
    assert (first.pk == second.pk, first.pk == other.pk, Letter.objects.count()) == (True, False, 2)


def test_what_was_written_once_is_not_written_again_after_it_was_forgotten(write: WriteLetter) -> None:
    write(once="reminder:deadline-12:person-7")
    operations.forget("kari@bakeri.example", at=AT)
    write(once="reminder:deadline-12:person-7")
    assert list(Letter.objects.values_list("to", "state")) == [("", "stopped")]


@pytest.mark.parametrize("address", ["", "kari", "kari@@x.no", "a@x.no,b@x.no", "k@x.no\nBcc: v@x.no", "kåre@x.no"])
def test_what_is_not_one_address_is_refused(write: WriteLetter, address: str) -> None:
    with pytest.raises(Unreadable):
        write(to=address)
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("title", ["x\r\nBcc: v@x.no", "x\ny", "x\x0by", "x\u2028y", "x" * 5_000, "x\x00y", "\ud800"])
def test_a_subject_that_no_header_should_hold_is_kept_and_not_sent(write: WriteLetter, title: str) -> None:
    letter = write(context={"title": title, "name": "Kari"})
    assert letter.state == "failed"
    assert [what for what, _note in reasons(letter)] == ["unfit"]


def test_a_value_that_the_template_lacks_is_named_and_the_letter_not_sent(write: WriteLetter) -> None:
    letter = write(context={"title": "bread"})
    assert (letter.state, reasons(letter)) == ("failed", [("unfit", "name")])


def test_a_letter_without_text_is_not_sent(write: WriteLetter, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("{% block subject %}x{% endblock %}{% block text %} {% endblock %}")
    letter = write(template="empty.txt")
    assert (letter.state, [what for what, _note in reasons(letter)]) == ("failed", ["unfit"])


def test_we_do_not_write_to_ourselves(write: WriteLetter, mail_server: Server) -> None:
    for own in (
        "post@samtall.example",
        "POST@samtall.example",
        "svar+0123456789abcdef0123456789abcdef@samtall.example",
    ):
        letter = write(to=own)
        assert (letter.state, reasons(letter)) == ("failed", [("own_address", "")])


def test_an_address_that_letters_come_back_from_is_not_written_to(write: WriteLetter) -> None:
    Letter.objects.filter(pk=write().pk).update(state="returned")
    letter = write(to="Kari@bakeri.example")
    assert (letter.state, reasons(letter)) == ("failed", [("bad_address", "")])


def test_strangers_cannot_have_one_address_written_to_without_end(write: WriteLetter) -> None:
    for _number in range(5):
        write(most_per_hour=5)
    with pytest.raises(operations.TooManyLetters) as refusal:
        write(most_per_hour=5, to="KARI@bakeri.example")
    assert "60 minutter" in str(refusal.value)
    write(most_per_hour=5, to="ola@bakeri.example")
    write(most_per_hour=5, purpose="reminder")
    write(most_per_hour=5, at=AT + timedelta(hours=1))
    write()
    assert Letter.objects.count() == 9


def test_files_beyond_ten_megabytes_are_refused(write: WriteLetter) -> None:
    with pytest.raises(operations.FilesTooLarge):
        write(files=[File("a.pdf", b"x" * 6_000_000, "application/pdf")] * 2)


def test_html_is_the_text_with_everything_escaped_and_only_our_own_addresses_as_links(write: WriteLetter) -> None:
    letter = write(context={"title": "<b>", "name": "<script>alert(1)</script> & Co\u202egpj"})
    html = html_of(letter)
    assert "<p>Hello, &lt;script&gt;alert(1)&lt;/script&gt; &amp; Cogpj.</p>" in html
    assert (
        '<a href="http://localhost:8000/sak/12/">http://localhost:8000/sak/12/</a><br>\nhttps://evil.example/' in html
    )
    assert html.count("<a ") == 2
    assert "<script" not in html
    assert "Hello, <script>alert(1)</script> & Cogpj." in message_of(letter).body


def test_what_no_person_wrote_says_so(write: WriteLetter) -> None:
    assert message_of(write()).extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Auto-Submitted" not in message_of(write(by="user:3")).extra_headers


def test_headers_for_those_who_want_no_more(write: WriteLetter) -> None:
    message = message_of(write(unsubscribe="https://samtall.example/nei/abc/"))
    assert message.extra_headers["List-Unsubscribe"] == "<https://samtall.example/nei/abc/>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(message.body).endswith("Du kan si nei til flere slike brev:\nhttps://samtall.example/nei/abc/\n")


def test_a_date_goes_with_the_letter_as_a_calendar_file() -> None:
    starts = datetime(2017, 3, 26, 10, tzinfo=ZoneInfo("Europe/Oslo"))
    meeting = calendar_file("meeting-1@samtall.example", "Møte; med, komma", starts=starts, place="Bø", at=AT)
    [event] = icalendar.Calendar.from_ical(meeting.content).events
    assert (event["SUMMARY"], event["LOCATION"], event.start, event.end) == (
        "Møte; med, komma",
        "Bø",
        starts,
        starts + timedelta(hours=1),
    )
    assert b"BEGIN:VTIMEZONE" in meeting.content
    assert max(len(line) for line in meeting.content.split(b"\r\n")) <= 75
    day = calendar_file("deadline-1@samtall.example", "Frist", starts=date(2017, 4, 1), at=AT)
    [event] = icalendar.Calendar.from_ical(day.content).events
    assert (event.start, event.end) == (date(2017, 4, 1), date(2017, 4, 2))


def test_later_word_of_an_event_has_a_higher_number() -> None:
    numbers = [
        icalendar.Calendar.from_ical(calendar_file("a@b", "x", starts=date(2017, 4, 1), at=at).content).events[0][
            "SEQUENCE"
        ]
        for at in (AT, AT + timedelta(minutes=1), datetime(2026, 1, 1, tzinfo=UTC))
    ]
    assert [int(str(number)) for number in numbers] == sorted({int(str(number)) for number in numbers})
