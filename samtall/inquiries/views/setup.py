"""Contact forms, for who sets them up: what to paste where, the form as it looks in a frame, and its declaration."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.inquiries import operations, queries
from samtall.inquiries.declaration import STANDARD, read
from samtall.inquiries.forms import DeclarationForm
from samtall.inquiries.models import ContactForm
from samtall.ui.asking import ask
from samtall.ui.frame import Link


@allowed("inquiries.forms")
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Every contact form, and how to make the first one."""
    found = [(reverse("form-setup", args=[one.slug]), queries.declared(one)) for one in queries.current_forms()]
    return render(request, "inquiries/setups.html", {"forms": found})


@allowed("inquiries.forms")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, STANDARD.read_text(encoding="utf-8"), Link(reverse("form-setups"), _("Contact forms")))


@allowed("inquiries.forms")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    form = _found(slug)
    return _edit(request, form.text, Link(reverse("form-setup", args=[slug]), str(queries.declared(form).title)))


def _edit(request: HttpRequest, text: str, above: Link) -> HttpResponse:
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_form(form.cleaned_data["text"], by=user_of(request).signature, at=clock.now())
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The form is saved, and shown from now on."))
            return redirect("form-setup", saved.slug)
    lead = _("The form is a declaration with every text in bokmål, nynorsk and English, and who gets what.")
    return ask(request, form, _("Change the form"), lead=lead, links=[above])


@allowed("inquiries.forms")
@require_safe
def setup(request: HttpRequest, slug: str) -> HttpResponse:
    """The snippet for other sites, and the form in a frame as it will be there."""
    form = _found(slug)
    declaration = read(form.text)
    addresses = {
        "framed": request.build_absolute_uri(reverse("framed-contact-form", args=[slug])),
        "own": request.build_absolute_uri(reverse("contact-form", args=[slug])),
        "script": request.build_absolute_uri(static("inquiries/frame.js")),
    }
    context = {
        "declaration": declaration,
        "links": [Link(reverse("form-setups"), _("Contact forms"))],
        "snippet": render_to_string("inquiries/snippet.html", addresses | {"declaration": declaration}),
        "framed": reverse("framed-contact-form", args=[slug]),
        "own": addresses["own"],
    }
    return render(request, "inquiries/setup.html", context)


def _found(slug: str) -> ContactForm:
    form = queries.current_form(slug)
    if form is None:
        raise Http404
    return form
