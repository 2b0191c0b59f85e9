"""Min side, and what one may see, correct and erase about oneself; with an account or by a code sent to an address."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import cast

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts import letters, limits
from samtall.accounts.models import User
from samtall.accounts.policy import public_page, signed_in, user_of
from samtall.accounts.views.sign_in import may_ask
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.personal import Subject
from samtall.confirmations.forms import NotRightForm
from samtall.confirmations.sentences import sentence
from samtall.confirmations.views import answered
from samtall.privacy import codes, operations, queries, showing, subjects
from samtall.privacy.forms import AddressForm, CodeForm, CorrectionForm
from samtall.privacy.models import Correction, Erased

#: How much one address can ask for within an hour; somebody reads every line of it.
MOST_CORRECTIONS = 10
FORM = ["GET", "HEAD", "POST"]
Page = Callable[[HttpRequest, Subject], HttpResponse]


def about_oneself(view: Page) -> Callable[[HttpRequest], HttpResponse]:
    """Give a view the one who asks: signed in, or with an address shown to be theirs; others are asked for that."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        subject = _who(request)
        if subject is None:
            return redirect("privacy-ask")
        response = view(request, subject)
        add_never_cache_headers(response)
        return response

    return cast("Callable[[HttpRequest], HttpResponse]", public_page(guarded))


def _who(request: HttpRequest) -> Subject | None:
    if isinstance(request.user, User):
        return subjects.of_user(request.user)
    email = codes.proven(request.session, at=clock.now())
    return subjects.of_address(email) if email else None


@public_page
@require_http_methods(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to an address about which we hold something; the answer is the same for every address."""
    if request.user.is_authenticated:
        return redirect("mine-data")
    form, at = AddressForm(request.POST or None), clock.now()
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not may_ask(request, email):
            form.add_error("email", _("Too many attempts. Wait a few minutes and try again."))
        else:
            code = codes.begin(request.session, email, at=at)
            if queries.holds_anything(subjects.of_address(email)):
                letters.write("privacy/letters/code.txt", [email], language=get_language() or "", code=code)
            return redirect("privacy-code")
    return render(request, "privacy/ask.html", {"form": form}, status=422 if form.errors else 200)


@public_page
@require_http_methods(FORM)
def code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent."""
    at = clock.now()
    if not codes.is_asked(request.session, at=at):
        return redirect("privacy-ask")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enough = limits.take("codes", get_ip(request), most=20, per=codes.HOLDS, at=at)
        if enough and codes.accept(request.session, form.cleaned_data["code"], at=at):
            return redirect("mine-data")
        form.add_error("code", _("This is not the code in the newest letter. After three attempts, ask for a new one."))
    return render(request, "privacy/code.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My cases and collaborations, and what waits for me."""
    user = user_of(request)
    return render(request, "privacy/mine.html", showing.mine(user, subjects.of_user(user), at=clock.now()))


@signed_in
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what took place, or say what is not right, as with the link in the letter. Looking changes nothing.

    What is not theirs to confirm is absent, by whichever method it is asked for.
    """
    user, at = user_of(request), clock.now()
    asked = showing.waiting(user, subjects.of_user(user), at=at).filter(pk=pk).first()
    if asked is None:
        raise Http404
    form = NotRightForm(request.POST if request.POST.get("answer") == "no" else None)
    if request.method == "POST":
        try:
            if answered(request, asked, form, at):
                done = _("Thank you. It is confirmed.") if asked.evidence else _("Thank you. They will look into it.")
                messages.success(request, done)
                return redirect("mine")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("mine")
    context = {"sentence": sentence(asked.activity), "who": asked.asked_by, "form": form}
    return render(request, "privacy/confirm.html", context, status=422 if form.errors else 200)


@about_oneself
def data(request: HttpRequest, subject: Subject) -> HttpResponse:
    """All that we hold about the one who asks."""
    asked = Correction.objects.filter(email__in=subject.emails)
    return render(request, "privacy/data.html", {"here": queries.held(subject), "corrections": asked})


@about_oneself
def as_json(_request: HttpRequest, subject: Subject) -> HttpResponse:
    text = json.dumps(showing.as_plain(queries.held(subject)), ensure_ascii=False, indent=2)
    return _download(HttpResponse(text, content_type="application/json"), "json")


@about_oneself
def as_html(request: HttpRequest, subject: Subject) -> HttpResponse:
    response = render(request, "privacy/download.html", {"here": queries.held(subject), "at": clock.now()})
    return _download(response, "html")


def _download(response: HttpResponse, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="samtall.{ending}"'
    return response


@about_oneself
def correct(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Ask to have something corrected that one cannot correct oneself."""
    user, at = request.user if isinstance(request.user, User) else None, clock.now()
    form = CorrectionForm(request.POST or None, concerned=showing.concerned(user, subject))
    if request.method == "POST" and form.is_valid():
        email = min(subject.emails)
        if limits.take("correction", email, most=MOST_CORRECTIONS, per=timedelta(hours=1), at=at):
            operations.ask_correction(email, at=at, **form.cleaned_data)
            messages.success(request, _("Thank you. You find the answer on this page."))
            return redirect("mine-data")
        form.add_error(None, _("Too many attempts. Wait an hour and try again."))
    return render(request, "privacy/correct.html", {"form": form}, status=422 if form.errors else 200)


@about_oneself
def erase(request: HttpRequest, subject: Subject) -> HttpResponse:
    """What erasing means; the button does it at once, and signs out."""
    refused = ""
    try:
        operations.refuse_workers(subject)
        if request.method == "POST":
            operations.erase(subject, by=operations.THEMSELVES, at=clock.now(), reason=Erased.Reason.ASKED)
            request.session.flush()
            return redirect("privacy-erased")
    except Refusal as refusal:
        refused = str(refusal)
    return render(request, "privacy/erase.html", {"refused": refused}, status=409 if refused else 200)
