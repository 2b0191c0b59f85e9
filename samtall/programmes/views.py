"""Pages of programmes: all of them, and one with its targets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, may
from samtall.base.text import Words
from samtall.programmes import queries
from samtall.programmes.forms import AsOfForm
from samtall.programmes.showing import facts_of, shown_targets, texts_of
from samtall.ui.frame import Link
from samtall.ui.paging import page_of


@allowed("programmes.read")
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.programmes())
    shown = [
        (
            Link(reverse("programme", args=[programme.slug]), str(Words.from_dict(programme.name))),
            str(Words.from_dict(programme.lead)),
            str(queries.name_of(programme.region)),
            programme,
        )
        for programme in page.object_list
    ]
    return render(request, "programmes/programmes.html", {"page": page, "programmes": shown})


@allowed("programmes.read")
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(queries.programmes(), slug=slug)
    form = AsOfForm(request.GET)
    people = may(request.user, "figures.people")
    context = {
        "above": [Link(reverse("programmes"), _("Programmes"))],
        "programme": programme,
        "name": str(Words.from_dict(programme.name)),
        "lead": str(Words.from_dict(programme.lead)),
        "form": form,
        "as_of": form.as_of,
        "targets": shown_targets(programme, as_of=form.as_of, with_people=people),
        "texts": texts_of(programme),
        "phases": [(str(Words.from_dict(one.name)), one) for one in programme.phases.order_by("starts")],
        "facts": facts_of(programme),
    }
    return render(request, "programmes/programme.html", context)
