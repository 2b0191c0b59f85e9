"""What everybody may read: the privacy notice, and the record of processing activities."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samtall.accounts.policy import public_page
from samtall.base.personal import declared
from samtall.ui.tables import Column, Table


@public_page
def notice(request: HttpRequest) -> HttpResponse:
    cookies = Table(
        _("Cookies"),
        [Column(_("Name")), Column(_("Purpose")), Column(_("Lasts"))],
        [
            (
                settings.SESSION_COOKIE_NAME,
                _("Remembers that you have signed in"),
                _("12 hours, or until you sign out"),
            ),
            (settings.CSRF_COOKIE_NAME, _("Proves that a form was sent from our own pages"), _("1 year")),
            (settings.LANGUAGE_COOKIE_NAME, _("Remembers the language you chose"), _("1 year")),
        ],
        caption_hidden=True,
    )
    kept = Table(
        _("What is kept for how long"),
        [Column(_("What")), Column(_("What for")), Column(_("How long"))],
        [(str(one.words), str(one.purpose), one.kept_words) for one in declared()],
        caption_hidden=True,
    )
    context = {"cookies": cookies, "kept": kept, **_responsible()}
    return render(request, "privacy/notice.html", context)


@public_page
def record(request: HttpRequest) -> HttpResponse:
    """The record of processing activities (article 30), from what each room declares."""
    sections = [
        (
            str(one.words),
            [
                (_("Purpose"), str(one.purpose)),
                (_("Legal basis"), str(one.basis)),
                (_("Whose data"), str(one.whose)),
                (_("Which data"), str(one.data)),
                (_("Who sees it"), str(one.seen_by)),
                (_("How long"), one.kept_words),
            ],
        )
        for one in declared()
    ]
    return render(request, "privacy/record.html", {"sections": sections, **_responsible()})


@public_page
def erased(request: HttpRequest) -> HttpResponse:
    """For somebody who has just been erased, and whom we know nothing about any more."""
    return render(request, "privacy/erased.html")


def _responsible() -> dict[str, str]:
    return {"controller": settings.CONTROLLER, "contact": settings.PRIVACY_CONTACT}
