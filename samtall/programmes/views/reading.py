"""Reading programmes: all of them, one with its tree of goals, one target, the file, and what has been changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, may
from samtall.base import clock
from samtall.base.text import Words
from samtall.ledger.moments import AsOfForm
from samtall.programmes import queries, showing
from samtall.programmes.detail import asked_table, controls_table, grades_table, milestone_rows
from samtall.programmes.exporting import as_toml, text_of
from samtall.programmes.history import events_of
from samtall.programmes.measuring import course_of, measured, measured_targets
from samtall.programmes.models import Programme
from samtall.programmes.tree import tree_of
from samtall.ui.frame import Link
from samtall.ui.paging import page_of


@allowed("programmes.read")
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.programmes())
    shown = [
        (
            Link(reverse("programme", args=[programme.slug]), str(Words.from_dict(programme.name))),
            str(Words.from_dict(programme.lead)) if programme.lead else "",
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
    form = AsOfForm(request.GET, today=clock.today())
    people = may(request.user, "figures.people")
    position = form.position
    targets = measured_targets(programme, today=clock.today(), as_of=form.as_of, position=position, with_people=people)
    context = {
        "above": [Link(reverse("programmes"), _("Programmes"))],
        "programme": programme,
        "name": str(Words.from_dict(programme.name)),
        "lead": str(Words.from_dict(programme.lead)) if programme.lead else "",
        "form": form,
        "as_of": form.as_of,
        "targets": [one.counted for one in targets if one.counted],
        "tree": tree_of(programme, targets, position=position, as_of=form.as_of),
        "loose": [one for one in targets if one.target.goal is None],
        "texts": showing.texts_of(programme),
        "phases": [(str(Words.from_dict(one.name)), one) for one in programme.phases.order_by("starts")],
        "facts": showing.facts_of(programme),
    }
    return render(request, "programmes/programme.html", context)


@allowed("programmes.read")
@require_safe
def target(request: HttpRequest, slug: str, target: str) -> HttpResponse:
    """One target: where it stands and why, the path against what is counted, and what it is seen against."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    it = get_object_or_404(
        queries.targets_of(programme).select_related("goal", "programme__region", "question__survey"), slug=target
    )
    form = AsOfForm(request.GET, today=clock.today())
    people, position = may(request.user, "figures.people"), form.position
    day = form.as_of or clock.today()
    shown = measured(it, showing.shown_target(it, position, form.as_of, people, day), day)
    context = {
        "above": above(programme, form.query),
        "programme": programme,
        "target": shown,
        "goal": str(Words.from_dict(it.goal.text)) if it.goal else "",
        "form": form,
        "as_of": form.as_of,
        "course": course_of(shown, position=position, as_of=form.as_of),
        "asked": asked_table(shown),
        "milestones": milestone_rows(shown),
        "grades": grades_table(shown, position=position, as_of=form.as_of),
        "controls": controls_table(it),
    }
    return render(request, "programmes/target_page.html", context)


@allowed("programmes.read")
@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """The programme as the file that would make it."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    name = f"{programme.slug}.toml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_toml(text_of(programme)), content_type="application/toml; charset=utf-8", headers=headers)


@allowed("programmes.change")
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What has been changed in a programme, when and by whom, the latest first."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    page = page_of(request, programme.changes.all())
    context = {"above": above(programme), "page": page, "events": events_of(list(page.object_list))}
    return render(request, "programmes/changes.html", context)


def above(programme: Programme, query: str = "") -> list[Link]:
    """The way up; `query` keeps the moment that is read."""
    return [
        Link(reverse("programmes"), _("Programmes")),
        Link(reverse("programme", args=[programme.slug]) + query, str(Words.from_dict(programme.name))),
    ]
