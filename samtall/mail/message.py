"""A letter as it travels: headers, plain text, and simple HTML made of the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samtall.mail.addresses import answer_address
from samtall.mail.models import Letter


@dataclass(frozen=True)
class Line:
    """A line of text; `link` is true when it is an address of ours and nothing else."""

    text: str
    link: bool


def message_of(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """What is given to the mail server: each time the same, with the same Message-ID."""
    answers = answer_address(letter.message_id)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text_of(letter),
        from_email=answers or settings.DEFAULT_FROM_EMAIL,  # what comes back goes where answers go
        to=[letter.to],
        reply_to=[answers] if answers else None,
        headers=headers_of(letter),
        connection=connection,
    )
    message.attach_alternative(html_of(letter), "text/html")
    for file in letter.files.order_by("pk"):
        message.attach(file.name, bytes(file.content), file.type)
    return message


def headers_of(letter: Letter) -> dict[str, str]:
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{letter.message_id}>",
        "Content-Language": letter.language,
    }
    if not letter.by.startswith("user:"):
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if letter.in_reply_to:
        headers |= {"In-Reply-To": f"<{letter.in_reply_to}>", "References": f"<{letter.in_reply_to}>"}
    if letter.unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def text_of(letter: Letter) -> str:
    return f"{letter.text}\n\n-- \n" + "\n".join(_footer(letter)) + "\n"


def html_of(letter: Letter) -> str:
    """The text in paragraphs, everything escaped; only addresses of this installation become links."""
    context = {"letter": letter, "paragraphs": list(_paragraphs(letter.text)), "footer": _lines(_footer(letter))}
    return render_to_string("mail/letter.html", context)


def _paragraphs(text: str) -> Iterator[list[Line]]:
    for paragraph in text.split("\n\n"):
        yield _lines(paragraph.split("\n"))


def _lines(lines: list[str]) -> list[Line]:
    return [Line(line, link=line.startswith(f"{settings.ADDRESS}/") and " " not in line) for line in lines]


def _footer(letter: Letter) -> list[str]:
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Samtall"
    lines = [name, f"{settings.ADDRESS}/"]
    if letter.unsubscribe:
        with translation.override(letter.language):
            lines += [_("You can say no to more such letters:"), letter.unsubscribe]
    return lines
