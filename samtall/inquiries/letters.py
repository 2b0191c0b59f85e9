"""The letters to a sender. None holds anything a stranger has written, so that nobody can have us carry it (T15)."""

from datetime import datetime

from django.urls import reverse

from samtall.inquiries.declaration import read
from samtall.inquiries.models import Inquiry, Message, Unconfirmed
from samtall.inquiries.tokens import confirm_token, link_token
from samtall.mail import operations as mail

SYSTEM = "system:inquiries"
#: Letters that one address can be sent within an hour because somebody wrote it in a form.
MOST_PER_HOUR = 5


def case_path(inquiry: Inquiry) -> str:
    """The address of the sender's page, without the site's."""
    return reverse("contact-case", args=[inquiry.number, link_token(inquiry.pk, inquiry.link)])


def send_receipt(inquiry: Inquiry, *, at: datetime) -> None:
    """That we have got it. Raises mail.operations.TooManyLetters."""
    declaration = read(inquiry.form.text)
    mail.write(
        to=inquiry.email,
        language=inquiry.reply_language,
        template="inquiries/letters/receipt.txt",
        context={
            "number": inquiry.number,
            "title": declaration.title,
            "due_on": inquiry.due_on,
            "path": case_path(inquiry),
            "phone": declaration.phone,
        },
        purpose="receipt",
        about=inquiry.source,
        once=f"receipt:{inquiry.source}",
        most_per_hour=MOST_PER_HOUR,
        by=SYSTEM,
        at=at,
    )


def ask_to_confirm(held: Unconfirmed, *, at: datetime) -> None:
    """Whether it was really they who wrote; once for each form. Raises mail.operations.TooManyLetters."""
    mail.write(
        to=held.said["email"],
        language=held.language,
        template="inquiries/letters/confirm.txt",
        context={"path": reverse("contact-confirm", args=[held.key, confirm_token(held.key)])},
        purpose="confirm",
        about=f"contact-form:{held.form_id}",
        once=f"confirm:{held.key}",
        most_per_hour=MOST_PER_HOUR,
        by=SYSTEM,
        at=at,
    )


def send_answer(inquiry: Inquiry, message: Message, *, at: datetime) -> None:
    """What somebody at the desk has written."""
    assert message.by is not None  # noqa: S101 - an answer has somebody who wrote it
    mail.write(
        to=inquiry.email,
        language=inquiry.reply_language,
        template="inquiries/letters/answer.txt",
        context={
            "number": inquiry.number,
            "text": message.text,
            "name": str(message.by),
            "path": case_path(inquiry),
        },
        purpose="answer",
        about=inquiry.source,
        once=f"answer:{message.pk}",
        by=message.by.signature,
        at=at,
    )
