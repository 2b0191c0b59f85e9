"""The page on which everybody can check the books, and the one on who gets checkpoints by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, may, public_page, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.ledger import checkpoints, reading, signing
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table
from samtall.ui.writing import moment, number
from samtall.witnesses import operations, queries
from samtall.witnesses.forms import ReceiverForm
from samtall.witnesses.models import Receiver


@public_page
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where the books stand, signed, what that shows and what not, and how one checks it."""
    now = checkpoints.current()
    in_use, *earlier = signing.verifiers()
    position = pgettext("books", "Position")
    columns = [Column(_("Sent")), Column(position, number=True), Column(_("Receivers"), number=True)]
    rows = [(moment(one.at), one.position, one.receivers) for one in queries.sent()]
    context = {
        "note": checkpoints.sign(now),
        "facts": [
            (position, number(now.position)),
            (_("Last entered"), moment(reading.end().at)),
            (_("Checksum"), now.hash.hex()),
        ],
        "key": in_use,
        "command": f'python verify_books.py books.jsonl "{in_use}" kontrollpunkt-{now.position}.txt',
        "earlier": earlier,
        "sent": Table(_("Checkpoints that others have"), columns, rows, caption_hidden=True) if rows else None,
        "manages": may(request.user, "witnesses.manage"),
    }
    return render(request, "witnesses/check.html", context)


@public_page
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The newest checkpoint as a file."""
    now = checkpoints.current()
    response = HttpResponse(checkpoints.sign(now), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kontrollpunkt-{now.position}.txt"'
    response["Cache-Control"] = "no-store"
    return response


@allowed("witnesses.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def receivers(request: HttpRequest) -> HttpResponse:
    """Who gets checkpoints by mail, and a form to add somebody."""
    form = ReceiverForm(request.POST or None, initial={"language": (get_language() or "nb")[:2]})
    if request.method == "POST" and form.is_valid():
        try:
            operations.add(**form.cleaned_data, by=user_of(request).signature, at=clock.now())
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Added. The first checkpoint is on its way."))
            return redirect("witnesses")
    context = {
        "receivers": queries.receivers(),
        "earlier": queries.earlier(),
        "form": form,
        "links": [Link(reverse("check-books"), _("Check the books"))],
    }
    return render(request, "witnesses/receivers.html", context, status=422 if form.errors else 200)


@allowed("witnesses.manage")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    receiver = get_object_or_404(Receiver.objects.exclude(name=""), pk=pk)
    try:
        operations.end(receiver, by=user_of(request).signature, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s gets no more checkpoints.") % {"name": receiver.name})
    return redirect("witnesses")
