"""Changing programmes: their parts one by one, whole from a file, and new ones from another's goals."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samtall.accounts.policy import allowed, user_of
from samtall.activities.forms import AskingForm
from samtall.activities.queries import visible_to
from samtall.base import clock
from samtall.base.declarations import UnreadableDeclaration, read_text
from samtall.base.text import Words
from samtall.programmes import loading, operations, queries
from samtall.programmes.exporting import text_of
from samtall.programmes.files import MIDT_TELEMARK, ProgrammeText, programme_of, read
from samtall.programmes.forms import (
    ContextForm,
    GoalForm,
    MilestoneForm,
    ParagraphForm,
    ProgrammeForm,
    ServesForm,
    StartForm,
    TargetForm,
    TellingForm,
    UploadForm,
)
from samtall.programmes.models import Context, Goal, Milestone, Paragraph, Programme, Target
from samtall.programmes.starting import started_from
from samtall.programmes.views.reading import above
from samtall.ui.frame import Link

FORM = ["GET", "HEAD", "POST"]
#: A programme's file is text; a larger one is something else.
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Sort:
    """A sort of part: its model and form, and what the page is called."""

    model: type[Any]
    form: type[TellingForm]
    new: Any
    heading: Any


SORTS = {
    "maal": Sort(Goal, GoalForm, gettext_lazy("New goal"), gettext_lazy("Change the goal")),
    "resultatmaal": Sort(Target, TargetForm, gettext_lazy("New target"), gettext_lazy("Change the target")),
    "milepel": Sort(Milestone, MilestoneForm, gettext_lazy("New milestone"), gettext_lazy("Change the milestone")),
    "tall": Sort(
        Context,
        ContextForm,
        gettext_lazy("New number from elsewhere"),
        gettext_lazy("Change the number from elsewhere"),
    ),
    "tekst": Sort(Paragraph, ParagraphForm, gettext_lazy("New text"), gettext_lazy("Change the text")),
}


@allowed("programmes.change")
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's own name, lead and years, and the way to everything in it."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    form = ProgrammeForm(request.POST or None, thing=programme, programme=programme)
    if _saved(request, form, programme):
        return redirect("programme-change", programme.slug)
    context = {
        "above": above(programme),
        "programme": programme,
        "form": form,
        "upload": UploadForm(),
        "goals": _links(programme, "maal", programme.goals.all()),
        "targets": _links(programme, "resultatmaal", programme.targets.all()),
        "milestones": _links(
            programme, "milepel", Milestone.objects.filter(target__programme=programme).select_related("target")
        ),
        "numbers": _links(programme, "tall", programme.contexts.all()),
        "texts": _links(programme, "tekst", programme.paragraphs.all()),
    }
    return render(request, "programmes/change.html", context, status=422 if form.errors else 200)


def _links(programme: Programme, sort: str, parts: Any) -> list[Link]:
    return [
        Link(reverse("programme-part", args=[programme.slug, sort, one.pk]), str(Words.from_dict(one.text)))
        for one in parts
    ]


@allowed("programmes.change")
@require_http_methods(FORM)
def new_part(request: HttpRequest, slug: str, sort: str) -> HttpResponse:
    programme, found = get_object_or_404(queries.programmes(), slug=slug), _sort(sort)
    if found.model is Milestone:
        target = get_object_or_404(programme.targets, slug=request.GET.get("maal", ""))
        thing: Any = Milestone(target=target)
    else:
        thing = found.model(programme=programme)
    form = found.form(request.POST or None, thing=thing, programme=programme)
    if _saved(request, form, thing):
        return redirect(_home(programme, thing))
    return _ask(request, programme, form, str(found.new))


@allowed("programmes.change")
@require_http_methods(FORM)
def part(request: HttpRequest, slug: str, sort: str, pk: int) -> HttpResponse:
    programme, found = get_object_or_404(queries.programmes(), slug=slug), _sort(sort)
    thing = _part(programme, found, pk)
    form = found.form(request.POST or None, thing=thing, programme=programme)
    if _saved(request, form, thing):
        return redirect(_home(programme, thing))
    remove = reverse("programme-part-remove", args=[programme.slug, sort, pk])
    return _ask(request, programme, form, str(found.heading), remove=remove)


@allowed("programmes.change")
@require_http_methods(FORM)
def remove_part(request: HttpRequest, slug: str, sort: str, pk: int) -> HttpResponse:
    programme, found = get_object_or_404(queries.programmes(), slug=slug), _sort(sort)
    thing = _part(programme, found, pk)
    form = AskingForm(request.POST or None)
    if request.method == "POST":
        operations.remove(thing, by=user_of(request).signature, at=clock.now())
        messages.success(request, _("Removed. How it read stands in the list of changes."))
        return redirect("programme-change", programme.slug)
    lead = _("“%(text)s” is taken away.") % {"text": Words.from_dict(thing.text)}
    return _ask(request, programme, form, _("Remove"), lead=lead, submit=_("Remove"))


@allowed("programmes.change")
@require_http_methods(FORM)
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a programme in step with a file."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    told: list[ProgrammeText] = []
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: told.append(_told(form, programme))):
        by, at = user_of(request).signature, clock.now()
        taken = form.attempt(lambda: operations.take(told[0], by=by, at=at, demonstration=programme.demonstration))
        if taken:
            messages.success(request, _("The programme is in step with the file."))
            return redirect("programme", programme.slug)
    lead = _("The programme becomes what the file says. Targets that stand keep the version of their figure.")
    return _ask(request, programme, form, _("Upload the programme's file"), lead=lead, submit=_("Upload"), file=True)


def _told(form: UploadForm, programme: Programme) -> ProgrammeText:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise UnreadableDeclaration(_("The file is larger than 1 MB, so it is not a programme's file."))
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDeclaration(_("The file is not text in UTF-8. Save it as UTF-8 and try again.")) from error
    told = programme_of(read_text(text, name=file.name))
    if told.slug != programme.slug:
        raise UnreadableDeclaration(
            _("The file is of the programme “%(other)s”, and this is “%(slug)s”.")
            % {"other": told.slug, "slug": programme.slug}
        )
    return told


@allowed("programmes.change")
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """A new programme, with the goals and targets of another to begin with."""
    standing = {one.slug: one for one in queries.programmes()}
    patterns = [("", _("Midt-Telemark's, as it comes with Samtall"))]
    patterns += [(slug, str(Words.from_dict(one.name))) for slug, one in standing.items()]
    form = StartForm(request.POST or None, patterns=patterns)
    form.fields["pattern"].required = False
    made: list[Programme] = []

    def make() -> None:
        said = form.cleaned_data
        pattern = text_of(standing[said["pattern"]]) if said["pattern"] else read(MIDT_TELEMARK)
        name = Words(said["name_nb"], said["name_nn"], said["name_en"])
        told = started_from(pattern, region=said["region"], name=name, starts=said["starts"])
        made.append(operations.take(told, by=user_of(request).signature, at=clock.now()))

    if request.method == "POST" and form.is_valid() and form.attempt(make):
        messages.success(request, _("The programme is made. Now change its goals and targets to your own."))
        return redirect("programme-change", made[0].slug)
    context = {
        "form": form,
        "heading": _("New programme"),
        "lead": _("It begins with another programme's goals and targets, with the days moved to your first year."),
        "submit": _("Make the programme"),
        "above": [Link(reverse("programmes"), _("Programmes"))],
        "cancel_url": reverse("programmes"),
    }
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)


@allowed("programmes.change")
@require_http_methods(FORM)
def serves(request: HttpRequest, pk: int) -> HttpResponse:
    """Which goals an activity serves."""
    activity = get_object_or_404(visible_to(request.user), pk=pk)
    standing = Goal.objects.filter(contributions__activity=activity)
    form = ServesForm(initial={"goals": standing})
    if request.method == "POST":
        # with nothing chosen the form is sent empty, which is an answer too
        form = ServesForm(request.POST)
        by, at = user_of(request).signature, clock.now()
        if form.is_valid():
            operations.say_goals(activity, form.cleaned_data["goals"], by=by, at=at)
            messages.success(request, _("Saved."))
            return redirect("activity", pk)
    home = reverse("activity", args=[pk])
    context = {
        "form": form,
        "heading": _("Say which goals it serves"),
        "submit": _("Save"),
        "above": [Link(reverse("activities"), _("Activities")), Link(home, activity.title)],
        "cancel_url": home,
    }
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: TellingForm, thing: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    by, at = user_of(request).signature, clock.now()

    def act() -> None:
        values = form.values()
        if isinstance(form, TargetForm) and thing.pk is None:
            values["figure"] = _figure(form, by=by, at=at)
        operations.change(thing, values, by=by, at=at)

    if not form.attempt(act):
        return False
    messages.success(request, _("Saved."))
    return True


def _figure(form: TargetForm, *, by: str, at: Any) -> Any:
    slug = form.cleaned_data["figure"]
    if not slug:
        return None
    region = form.programme.region if form.cleaned_data["within_region"] else None
    return loading.version_of(slug, form.cleaned_data["text_nb"], region, {}, by=by, at=at)


def _ask(
    request: HttpRequest,
    programme: Programme,
    form: AskingForm,
    heading: str,
    *,
    lead: str = "",
    submit: str = "",
    remove: str = "",
    file: bool = False,
) -> HttpResponse:
    cancel = reverse("programme-change", args=[programme.slug])
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit or _("Save"),
        "remove": remove,
        "file": file,
        "above": [*above(programme), Link(cancel, _("Change the programme"))],
        "cancel_url": cancel,
    }
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)


def _home(programme: Programme, thing: Any) -> str:
    target = thing.target if isinstance(thing, Milestone) else thing
    if isinstance(target, Target):
        return reverse("target", args=[programme.slug, target.slug])
    return reverse("programme-change", args=[programme.slug])


def _sort(sort: str) -> Sort:
    if sort not in SORTS:
        raise Http404
    return SORTS[sort]


def _part(programme: Programme, sort: Sort, pk: int) -> Any:
    if sort.model is Milestone:
        return get_object_or_404(
            Milestone.objects.select_related("target__programme"), pk=pk, target__programme=programme
        )
    return get_object_or_404(sort.model, pk=pk, programme=programme)
