"""The letters about access. All that this room sends leaves through `post`."""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

_post_office = ThreadPoolExecutor(max_workers=2, thread_name_prefix="letters")


def write(template: str, to: list[str], *, language: str, **context: object) -> None:
    """Send the letter of a template, whose first line is the subject, in a language ("": the standard).

    Nothing is sent from a demonstration, where anybody can be administrator.
    """
    if settings.DEMONSTRATION or not to:
        return
    with translation.override(language or settings.LANGUAGE_CODE):
        text = render_to_string(template, context)
    subject, _, body = text.strip().partition("\n")
    for address in to:
        post(EmailMessage(subject, body.strip() + "\n", to=[address]))


def post(message: EmailMessage) -> None:
    """Send a message. The answer to the reader does not wait for the mail server, so its time tells nothing."""
    if settings.EMAIL_HOST:
        _post_office.submit(message.send)
    else:
        message.send()
