"""The contact form, on our own site and in a frame on others; the receipt; and the confirmation by e-mail."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts import limits
from samtall.activities.finding import is_label, label_of, register_is_open
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.reading import tidy
from samtall.inquiries import looking_up, operations, queries
from samtall.inquiries.declaration import Declaration
from samtall.inquiries.forms import TRAP, InquiryForm, reply_language
from samtall.inquiries.models import ContactForm, Inquiry, Unconfirmed
from samtall.inquiries.protection import Judged, TooMany, goes_directly, judge
from samtall.inquiries.tokens import FormToken, confirms, link_token
from samtall.inquiries.views.answering import for_senders, framed, page
from samtall.parties.numbers import format_number
from samtall.ui.framing import LANGUAGE

#: From how many characters on organisations are suggested, and how often within a minute to one address.
LEAST, MOST_LOOKUPS = 2, 120
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Shown:
    """Where a form is shown: on a page of its own, or in a frame."""

    form: ContactForm
    declaration: Declaration
    in_frame: bool

    @classmethod
    def named(cls, slug: str, *, in_frame: bool) -> "Shown":
        form = queries.current_form(slug)
        if form is None:
            raise Http404
        return cls(form, queries.declared(form), in_frame)

    def answer(self, request: HttpRequest, part: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context |= {"declaration": self.declaration, "part": part}
        if self.in_frame:
            return framed(request, "inquiries/frame.html", context, self.declaration.origins, status=status)
        return page(request, "inquiries/page.html", context, status=status)

    def address(self, name: str, *args: Any, **asked: str) -> str:
        """An address on this side of the frame, in the language of now."""
        asked = {LANGUAGE: translation.get_language() or "nb", **asked}
        name = f"framed-{name}" if self.in_frame else name
        return f"{reverse(name, args=[self.form.slug, *args])}?{urlencode(asked)}"

    def lookup(self) -> str:
        """The address that suggests organisations; "" when there is nothing to suggest from."""
        name = "framed-contact-lookup" if self.in_frame else "contact-lookup"
        return reverse(name, args=[self.form.slug]) if register_is_open() else ""


@require_safe
@for_senders
def contact_forms(request: HttpRequest) -> HttpResponse:
    """The one form there is, or a choice between them."""
    forms = queries.current_forms()
    if len(forms) == 1:
        return redirect("contact-form", forms[0].slug)
    choices = [(reverse("contact-form", args=[one.slug]), queries.declared(one)) for one in forms]
    return page(request, "inquiries/forms.html", {"choices": choices})


@require_http_methods(["GET", "HEAD", "POST"])
@for_senders
def contact_form(request: HttpRequest, slug: str) -> HttpResponse:
    return _form(request, Shown.named(slug, in_frame=False))


@require_http_methods(["GET", "HEAD", "POST"])
@for_senders
def framed_form(request: HttpRequest, slug: str) -> HttpResponse:
    return _form(request, Shown.named(slug, in_frame=True))


def _form(request: HttpRequest, shown: Shown) -> HttpResponse:
    if request.method != "POST":
        form = InquiryForm(declaration=shown.declaration, lookup=shown.lookup())
        response = _ask(request, shown, form, FormToken.new(shown.form.slug, clock.now()))
        patch_cache_control(response, private=True, no_cache=True)  # kept for who goes back: it is the same form then
        return response
    if request.content_type not in FORM_TYPES:
        return _unusable(request, shown, 415)
    try:
        request.POST  # noqa: B018 - read now, so that what is too large is refused here
    except (RequestDataTooBig, TooManyFieldsSent):
        return _unusable(request, shown, 413)
    return _sent(request, shown)


def _sent(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Everything that is wrong is said at once; what was written stays in the form whatever is wrong."""
    at = clock.now()
    judged = judge(request, shown.form.slug, phone=shown.declaration.phone, at=at)
    form = InquiryForm(request.POST, declaration=shown.declaration, lookup=shown.lookup())
    valid = form.is_valid()
    if judged.code:
        form.add_error(None, judged.message)
        return _ask(request, shown, form, judged.token, status=judged.status)
    if not valid:
        return _ask(request, shown, form, judged.token, status=422)
    try:
        return _kept(request, shown, form, judged)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        response = _ask(request, shown, form, judged.token, status=429)
        if isinstance(refusal, TooMany):
            response.headers["Retry-After"] = str(refusal.minutes * 60)
        return response


def _kept(request: HttpRequest, shown: Shown, form: InquiryForm, judged: Judged) -> HttpResponse:
    said, key, at = form.said(), judged.token.key, clock.now()
    language = reply_language(said)
    known = Inquiry.objects.filter(key=key).exists()
    if not known and not goes_directly(request, shown.form.slug, proven=judged.proven, at=at):
        operations.hold(shown.form, said, key=key, language=language, at=at)
        return redirect(shown.address("contact-confirm-sent", **({"mange": "1"} if judged.proven else {})))
    received = operations.receive(shown.form, said, key=key, language=language, at=at)
    return redirect(_receipt_address(shown, received))


def _receipt_address(shown: Shown, received: operations.Received) -> str:
    token = link_token(received.inquiry.pk, received.inquiry.link)
    again = {} if received.new else {"igjen": "1"}
    return shown.address("contact-receipt", received.inquiry.number, token, **again)


def _ask(request: HttpRequest, shown: Shown, form: InquiryForm, token: FormToken, *, status: int = 200) -> HttpResponse:
    refused = "S1" if status == 422 and form.non_field_errors() else ""
    context = {
        "form": form,
        "token": token.signed(),
        "challenge": token.challenge,
        "key": token.key,
        "proof": "" if refused else request.POST.get("proof", ""),
        "trap": TRAP,
        "own_page": request.build_absolute_uri(reverse("contact-form", args=[shown.form.slug])),
    }
    return shown.answer(request, "inquiries/parts/form.html", context, status=status)


def _unusable(request: HttpRequest, shown: Shown, status: int) -> HttpResponse:
    return shown.answer(request, "inquiries/parts/unusable.html", {}, status=status)


@require_safe
@for_senders
def lookup(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisations of the business register while a sender writes; none for who asks very often."""
    Shown.named(slug, in_frame=False)
    text, at = tidy(request.GET.get("organisation", "")[:200]), clock.now()
    if len(text) < LEAST or is_label(text):
        return render(request, "ui/components/options.html", {"options": []})
    address = limits.place_of(request).address
    if not limits.take("contact-lookup", address, most=MOST_LOOKUPS, per=timedelta(minutes=1), at=at):
        wait = limits.minutes_left("contact-lookup", address, at=at)
        return HttpResponse(status=429, headers={"Retry-After": str(wait * 60)})
    found = looking_up.with_details(looking_up.suggested(text))
    options = [
        (label_of(one), one.name, " · ".join(filter(None, (format_number(one.number), details))))
        for one, details in found
    ]
    return render(request, "ui/components/options.html", {"options": options})


@require_safe
@for_senders
def receipt(request: HttpRequest, slug: str, number: str, token: str) -> HttpResponse:
    return _receipt(request, Shown.named(slug, in_frame=False), number, token)


@require_safe
@for_senders
def framed_receipt(request: HttpRequest, slug: str, number: str, token: str) -> HttpResponse:
    return _receipt(request, Shown.named(slug, in_frame=True), number, token)


def _receipt(request: HttpRequest, shown: Shown, number: str, token: str) -> HttpResponse:
    inquiry = queries.opened_by(number, token, clock.now())
    if inquiry is None or inquiry.form.slug != shown.form.slug:
        raise Http404
    context = {
        "inquiry": inquiry,
        "again": "igjen" in request.GET,
        "case": request.build_absolute_uri(reverse("contact-case", args=[number, token])),
    }
    response = shown.answer(request, "inquiries/parts/receipt.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@for_senders
def confirm_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return _confirm_sent(request, Shown.named(slug, in_frame=False))


@require_safe
@for_senders
def framed_confirm_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return _confirm_sent(request, Shown.named(slug, in_frame=True))


def _confirm_sent(request: HttpRequest, shown: Shown) -> HttpResponse:
    return shown.answer(request, "inquiries/parts/confirm_sent.html", {"many": "mange" in request.GET})


@require_http_methods(["GET", "HEAD", "POST"])
@for_senders
def confirm(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Where the letter leads: a page with a button, so that no mail scanner confirms anything."""
    if not confirms(token, key):
        raise Http404
    done = Inquiry.objects.select_related("form").filter(key=key).first()
    held = Unconfirmed.objects.select_related("form").filter(key=key).first()
    if done is None and held is None:
        message = _("The link has expired. Send the form once more.")
        return page(request, "inquiries/gone.html", {"message": message}, status=410)
    form = (done or held).form  # type: ignore[union-attr]
    shown = Shown(form, queries.declared(form), in_frame=False)
    if done is not None or request.method == "POST":
        return redirect(_receipt_address(shown, operations.confirm(key, at=clock.now())))
    response = shown.answer(request, "inquiries/parts/confirm.html", {"held": held})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
