"""The page of letters: what waits, what was sent, what failed and why; and what came in."""

from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.mail import operations, queries, showing
from samtall.mail.forms import AnswerFilterForm, FilingForm, LetterFilterForm
from samtall.mail.incoming import files_in
from samtall.mail.message import html_of, text_of
from samtall.mail.models import IncomingLetter, Letter, LetterFile
from samtall.ui.frame import Link
from samtall.ui.paging import page_of

#: What a letter's HTML may do when it is shown: nothing but look as it looks, in a page of ours.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "sandbox": [""],
}


@allowed("letters.handle")
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    form = LetterFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, queries.letters(text=asked.get("q", ""), state=asked.get("tilstand", "")))
    context = {
        "form": form,
        "asked": any(asked.values()),
        "page": page,
        "table": showing.letters_table(page),
        "failed": queries.letters(state=Letter.State.FAILED).count()
        + queries.letters(state=Letter.State.RETURNED).count(),
        "held": queries.answers(state=IncomingLetter.State.HELD).count(),
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "mail/letters.html", context)


@allowed("letters.handle")
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Letter, pk=pk)
    context = {
        "letter": one,
        "links": [_link_to_letters()],
        "state_color": showing.COLORS.get(Letter.State(one.state), "neutral"),
        "facts": showing.facts_about(one),
        "text": text_of(one) if settings.DEMONSTRATION else showing.without_secrets(text_of(one)),
        "files": one.files.defer("content").order_by("pk"),
        "events": showing.events_of(one),
        "answers": one.answers.defer("raw", "text").order_by("received_at", "pk"),
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "mail/one_letter.html", context)


@csp(LETTER_POLICY)  # type: ignore[arg-type]  # its types know views without arguments only
@xframe_options_sameorigin
@allowed("letters.handle")
@require_safe
def letter_html(_request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a mail program shows it, in a frame where nothing runs."""
    one = get_object_or_404(Letter, pk=pk, emptied_at=None)
    return HttpResponse(html_of(one))


@csp({"default-src": ["'none'"], "sandbox": [""]})  # type: ignore[arg-type]  # its types know views without arguments only
@allowed("letters.handle")
@require_safe
def letter_file(_request: HttpRequest, pk: int, file: int) -> HttpResponse:
    one = get_object_or_404(LetterFile, pk=file, letter=pk)
    return _download(bytes(one.content), one.name, one.type)


@allowed("letters.handle")
@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Letter, pk=pk)
    try:
        operations.send_again(one, by=user_of(request), at=clock.now())
        messages.success(request, _("The letter is sent again in a moment."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("letter", pk)


@allowed("letters.handle")
@require_POST
def letter_stop(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Letter, pk=pk)
    try:
        operations.stop(one, by=user_of(request), at=clock.now())
        messages.success(request, _("The letter was stopped."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("letter", pk)


@allowed("letters.handle")
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    form = AnswerFilterForm(request.GET)
    asked = form.cleaned_data["tilstand"] if form.is_valid() else ""
    page = page_of(request, queries.answers(state=asked))
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "table": showing.answers_table(page),
        "links": [_link_to_letters()],
    }
    return render(request, "mail/answers.html", context)


@allowed("letters.handle")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at an answer; POST files it."""
    one = get_object_or_404(IncomingLetter.objects.select_related("letter"), pk=pk)
    form = FilingForm(request.POST or None, initial={"about": one.about})
    if request.method == "POST" and form.is_valid():
        try:
            operations.file_answer(one, form.cleaned_data["about"], by=user_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error("about", str(refusal))
        else:
            messages.success(request, _("The answer was filed."))
            return redirect("answer", pk)
    context = {
        "answer": one,
        "form": form,
        "links": [_link_to_letters(), Link(reverse("answers"), _("Answers"))],
        "state_color": showing.COLORS.get(IncomingLetter.State(one.state), "neutral"),
        "facts": showing.facts_about_answer(one),
        "files": files_in(bytes(one.raw)),
        "waits": one.state == IncomingLetter.State.HELD,
    }
    return render(request, "mail/answer.html", context, status=422 if form.errors else 200)


@allowed("letters.handle")
@require_POST
def answer_aside(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(IncomingLetter, pk=pk)
    operations.put_aside(one, by=user_of(request), at=clock.now())
    messages.success(request, _("The answer was put aside."))
    return redirect("answers")


@csp({"default-src": ["'none'"], "sandbox": [""]})  # type: ignore[arg-type]  # its types know views without arguments only
@allowed("letters.handle")
@require_safe
def answer_message(_request: HttpRequest, pk: int) -> HttpResponse:
    """The message as it came, for a mail program to open."""
    one = get_object_or_404(IncomingLetter, pk=pk)
    if one.emptied_at:
        raise Http404
    return _download(bytes(one.raw), f"svar-{one.pk}.eml", "message/rfc822")


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Never shown in the browser: always a file to save."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _link_to_letters() -> Link:
    return Link(reverse("letters"), _("Letters"))
