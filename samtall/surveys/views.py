"""Surveys on the screen: making them, their rounds, their results, and the page on which somebody answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, may, public_page, user_of
from samtall.activities.refusals import Invalid
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import LANGUAGES, Words
from samtall.surveys import operations, queries, showing
from samtall.surveys.forms import AnswerForm, InviteForm, QuestionForm, RoundForm, SurveyForm
from samtall.surveys.models import Question, Round, Survey
from samtall.ui.asking import ask
from samtall.ui.discreet import discreetly
from samtall.ui.frame import Link

FORM = ["GET", "HEAD", "POST"]


# No token against forged requests here, as on the page of confirmations: there is no session to be misused, only who
# has the secret address can send the form, and a page without a referrer sends "Origin: null".
@csrf_exempt
@public_page
@require_http_methods(FORM)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, once. Who sends them again is thanked again, and nothing more is counted."""
    found = queries.token_of(token)
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else found.round.language if found else get_language() or "nb"
    with translation.override(language):
        if found is None:
            return discreetly(request, "surveys/gone.html", 410)
        if found.used:
            return discreetly(request, "surveys/thanks.html", 200)
        survey = found.round.survey
        form = AnswerForm(request.POST if request.method == "POST" else None, questions=list(survey.questions.all()))
        if request.method == "POST" and form.is_valid():
            operations.answer(found, form.said)
            return discreetly(request, "surveys/thanks.html", 200)
        context = {
            "form": form,
            "name": str(Words.from_dict(survey.name)),
            "intro": str(Words.from_dict(survey.intro)) if survey.intro else "",
            "closes": found.round.closes,
            "languages": [(code, name, code == language) for code, name in _LANGUAGES.items()],
        }
        return discreetly(request, "surveys/answer.html", 422 if form.errors else 200, **context)


_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@allowed("surveys.read")
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    shown = [
        (_link(one), [(showing.round_name(each), _status(each)) for each in one.rounds.all()])
        for one in queries.surveys()
    ]
    return render(request, "surveys/surveys.html", {"surveys": shown})


@allowed("surveys.manage")
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    form = SurveyForm(request.POST or None)
    by, at = user_of(request).signature, clock.now()

    def act() -> None:
        operations.make(form.slug, name=form.name, intro=form.intro, by=by, at=at)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        messages.success(request, _("Saved. Now write the questions."))
        return redirect("survey", form.slug)
    return ask(request, form, _("New survey"), links=_top())


@allowed("surveys.manage")
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    survey = get_object_or_404(Survey, slug=slug)
    kept = {"name": survey.name, "intro": survey.intro}
    initial = {f"{name}_{language}": kept[name].get(language, "") for name in kept for language in LANGUAGES}
    form = SurveyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.describe(survey, name=form.name, intro=form.intro)
        messages.success(request, _("Saved."))
        return redirect("survey", slug)
    return ask(request, form, _("Change the survey"), links=_above(survey))


@allowed("surveys.read")
@require_safe
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, the rounds and what they have shown."""
    it = get_object_or_404(Survey.objects.prefetch_related("rounds", "questions"), slug=slug)
    manage = may(request.user, "surveys.manage")
    context = {
        "links": _top(),
        "survey": it,
        "name": str(Words.from_dict(it.name)),
        "intro": str(Words.from_dict(it.intro)) if it.intro else "",
        "questions": [(one, str(Words.from_dict(one.text))) for one in it.questions.all()],
        "rounds": [(one, showing.round_name(one), _status(one)) for one in it.rounds.all()],
        "results": showing.shown_results(it),
        "texts": showing.texts_of(it) if manage else [],
        "begun": any(one.opened_at for one in it.rounds.all()),
        "manage": manage,
    }
    return render(request, "surveys/survey.html", context)


@allowed("surveys.manage")
@require_http_methods(FORM)
def new_question(request: HttpRequest, slug: str) -> HttpResponse:
    it = get_object_or_404(Survey, slug=slug)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: operations.ask(it, **form.said)):
        messages.success(request, _("Saved."))
        return redirect("survey", slug)
    return ask(request, form, _("New question"), links=_above(it))


@allowed("surveys.manage")
@require_POST
def remove_question(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.select_related("survey"), survey__slug=slug, pk=pk)
    _act(request, lambda: operations.take_back(question), _("Removed."))
    return redirect("survey", slug)


@allowed("surveys.manage")
@require_http_methods(FORM)
def new_round(request: HttpRequest, slug: str) -> HttpResponse:
    it = get_object_or_404(Survey, slug=slug)
    form = RoundForm(request.POST or None, initial={"language": (get_language() or "nb")[:2]})
    by, at, made = user_of(request).signature, clock.now(), list[Round]()

    def act() -> None:
        made.append(operations.plan(it, by=by, at=at, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return redirect("survey-round", slug, made[0].number)
    return ask(request, form, _("New round"), links=_above(it))


@allowed("surveys.manage")
@require_http_methods(FORM)
def round_(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Whom a round goes to; opening it, and closing it."""
    it = get_object_or_404(Round.objects.select_related("survey"), survey__slug=slug, number=number)
    form = InviteForm(request.POST if request.POST.get("do") == "invite" else None)
    by, at = user_of(request).signature, clock.now()
    if request.method == "POST":
        done = request.POST.get("do")
        if done == "open":
            _act(request, lambda: operations.open_round(it, by=by, at=at), _("The letters are on their way."))
        elif done == "close":
            _act(
                request, lambda: operations.close(it, at=at), _("The round is closed. Addresses and links are deleted.")
            )
        elif form.is_valid() and form.attempt(lambda: operations.invite(it, form.lines)):
            messages.success(request, _("Saved."))
        if not form.errors:
            return redirect("survey-round", slug, number)
    context = {
        "round": it,
        "heading": showing.round_name(it),
        "links": _above(it.survey),
        "form": form,
        "status": _status(it),
        "waiting": it.invitees.count(),
    }
    return render(request, "surveys/round.html", context, status=422 if form.errors else 200)


def _status(round_: Round) -> str:
    if round_.opened_at is None:
        return _("Not opened")
    if round_.closed_at is None:
        return _("Open; %(invited)s are invited") % {"invited": round_.invited}
    return showing.rate(round_)


def _act(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
    except (Invalid, Refusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _link(survey: Survey) -> Link:
    return Link(reverse("survey", args=[survey.slug]), str(Words.from_dict(survey.name)))


def _top() -> list[Link]:
    return [Link(reverse("surveys"), _("Surveys"))]


def _above(survey: Survey) -> list[Link]:
    return [*_top(), _link(survey)]
