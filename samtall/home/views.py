"""The front page, the pages about Samtall, and the pages shown when something is wrong."""

import logging
import secrets
import sys

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, may, public_page
from samtall.activities.naming import address_of
from samtall.base import clock
from samtall.base.reading import tidy
from samtall.home import exceptions, front
from samtall.home import funnel as funnels
from samtall.home import gallery as examples
from samtall.home.search import search
from samtall.home.tasks import tasks
from samtall.ledger.moments import AsOfForm
from samtall.parties.numbers import format_number
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Column, Table

log = logging.getLogger("samtall")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    form = AsOfForm(request.GET, today=clock.today())
    shown = front.programmes(request.user, as_of=form.as_of)
    now = front.programmes(request.user) if form.as_of and request.user.is_authenticated else shown
    context = {
        "tasks": tasks(request.user, clock.now(), now),
        "form": form,
        "as_of": form.as_of,
        "programmes": shown,
    }
    return render(request, "home/home.html", context)


@allowed("organisations.read", narrowed=True)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Search over everything from one box."""
    asked = tidy(request.GET.get("q", "")[:200])
    return render(request, "home/search.html", {"asked": asked, "found": search(asked, request.user)})


@allowed("activities.read", narrowed=True)
@require_safe
def absent(request: HttpRequest) -> HttpResponse:
    """Who took part last year and is in nothing this year."""
    this = exceptions.this_year(clock.today())
    page = page_of(request, exceptions.absent(this, request.user))
    rows = [(Link(address_of(one), one.name), format_number(one.number)) for one in page.object_list]
    columns = [Column(_("Name")), Column(_("Organisation number"))]
    context = {
        "page": page,
        "this": this,
        "last": this - 1,
        "table": Table(_("Organisations"), columns, rows, caption_hidden=True),
    }
    return render(request, "home/absent.html", context)


@allowed("figures.read")
@require_safe
def funnel(request: HttpRequest) -> HttpResponse:
    """How far those came who asked, year by year."""
    form = AsOfForm(request.GET, today=clock.today())
    shown = funnels.funnel(into_lists=may(request.user, "figures.list"), position=form.position, as_of=form.as_of)
    return render(request, "home/funnel.html", {"form": form, "as_of": form.as_of, "funnel": shown})


@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@public_page
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "home/gallery.html", examples.context(request))


@public_page
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """For the one who watches over the server: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "home/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "home/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "home/404.html", status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("Form refused (%s): %s", request.path, reason)
    return render(request, "home/csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """An error of ours: the reader gets a reference that the log knows. Asks nothing of the database."""
    reference = secrets.token_hex(4)
    log.error("Reference %s: %s %s failed", reference, request.method, request.path, exc_info=sys.exc_info())
    return HttpResponse(render_to_string("home/500.html", {"reference": reference}), status=500)
