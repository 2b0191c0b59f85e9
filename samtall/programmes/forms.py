"""What a reader may choose on a programme's page, and what may be said when it is changed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities import registry
from samtall.activities.forms import AskingForm
from samtall.base.reading import Unreadable, read_date, read_decimal
from samtall.base.text import LANGUAGES, Words, for_address
from samtall.figures import queries as figures
from samtall.figures.models import FigureVersion
from samtall.ledger.moments import AsOfForm
from samtall.places import queries as places
from samtall.programmes.models import Context, Goal, Programme, Target
from samtall.programmes.queries import name_of
from samtall.programmes.showing import headings, units
from samtall.surveys.models import Question
from samtall.surveys.queries import measuring_questions
from samtall.ui.fields import DateField, DecimalField, IntegerField, RowsField, TextField
from samtall.ui.writing import short_date

_LANGUAGES = {"nb": gettext_lazy("in bokmål"), "nn": gettext_lazy("in nynorsk"), "en": gettext_lazy("in English")}


class TellingForm(AskingForm):
    """A form with texts in three languages: `texts` names them, and each is three fields."""

    texts: Mapping[str, Any] = {"text": gettext_lazy("Text")}
    most = 500
    lines = False
    optional: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, thing: Any, programme: Programme, **options: Any) -> None:
        self.thing, self.programme = thing, programme
        super().__init__(data, initial=self.initial_of(thing) if thing.pk else {}, **options)
        others = list(self.fields)
        for name, label in self.texts.items():
            kept = getattr(thing, name) or {}
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = TextField(
                    label=f"{label} {_LANGUAGES[language]}",
                    most=self.most,
                    lines=self.lines,
                    required=name not in self.optional,
                )
                self.initial.setdefault(f"{name}_{language}", kept.get(language, ""))
        self.order_fields([*(f"{name}_{language}" for name in self.texts for language in LANGUAGES), *others])

    def initial_of(self, thing: Any) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in self.base_fields if hasattr(thing, name)}

    def values(self) -> dict[str, Any]:
        """What was said, as the thing keeps it."""
        said = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}
        for name in self.texts:
            said[name] = {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}
            if name in self.optional and not any(said[name].values()):
                said[name] = {}
        return said

    def _field_of(self, name: str) -> str | None:
        return super()._field_of(name) or (f"{name}_nb" if f"{name}_nb" in self.fields else None)

    def slug(self, taken: Any) -> str:
        """A name for the address, from the words in bokmål, that no other has."""
        base = for_address(self.cleaned_data["text_nb"], 40) or "mal"
        used, slug, count = set(taken.values_list("slug", flat=True)), base, 1
        while slug in used:
            count += 1
            slug = f"{base}-{count}"
        return slug


class ProgrammeForm(TellingForm):
    """A programme's name, lead and years."""

    texts = {"name": gettext_lazy("Name"), "lead": gettext_lazy("Lead")}
    optional = ("lead",)
    starts = DateField(label=gettext_lazy("From"))
    ends = DateField(label=gettext_lazy("To"))


class GoalForm(TellingForm):
    sort = forms.ChoiceField(label=gettext_lazy("What sort of goal"), choices=Goal.Sort.choices)
    serves = forms.ModelChoiceField(
        queryset=Goal.objects.none(),
        label=gettext_lazy("Which goal it serves"),
        required=False,
        empty_label=gettext_lazy("None: it stands at the top"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Activities that serve it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_only = forms.BooleanField(
        label=gettext_lazy("Only activities that are marked with this programme"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        goals: Any = self.fields["serves"]
        goals.queryset = self.programme.goals.exclude(pk=self.thing.pk)
        goals.label_from_instance = lambda goal: str(Words.from_dict(goal.text))
        self.fields["kinds"].choices = [(kind.code, str(kind.words_many)) for kind in registry.kinds()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = super().values()
        if not self.thing.pk:
            said |= {"slug": self.slug(self.programme.goals), "ordering": self.programme.goals.count()}
        return said


class TargetForm(TellingForm):
    """A target. Its figure is chosen once: it stays with the version it was set with (R18)."""

    goal = forms.ModelChoiceField(
        queryset=Goal.objects.none(),
        label=gettext_lazy("Which goal it makes concrete"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    figure = forms.ChoiceField(
        label=gettext_lazy("The figure that measures it"),
        required=False,
        help_text=gettext_lazy("Without a figure it is measured by milestones. It cannot be changed afterwards."),
    )
    within_region = forms.BooleanField(label=gettext_lazy("Only work sites in the region"), required=False)
    question = forms.ModelChoiceField(
        queryset=Question.objects.none(),
        label=gettext_lazy("Or the question of a survey that measures it"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("A mean from 1 to 5, or the share that says yes in per cent."),
    )
    baseline_round = IntegerField(
        label=gettext_lazy("The round of the survey that is the baseline"), required=False, least=1, most=100
    )
    way = forms.ChoiceField(label=gettext_lazy("What is counted"), choices=Target.Way.choices)
    baseline = DecimalField(label=gettext_lazy("Baseline"), required=False)
    value = DecimalField(
        label=gettext_lazy("To reach"),
        required=False,
        help_text=gettext_lazy("Leave it empty for a target that is described by milestones."),
    )
    since = DateField(label=gettext_lazy("From"))
    deadline = DateField(label=gettext_lazy("Deadline"))
    steps = TextField(
        label=gettext_lazy("Steps on the way"),
        required=False,
        lines=True,
        most=2000,
        help_text=gettext_lazy(
            "One a line, a date and what should be reached by then: 31.12.2015 30. Empty: a straight line."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        goals: Any = self.fields["goal"]
        goals.queryset = self.programme.goals.all()
        goals.label_from_instance = lambda goal: str(Words.from_dict(goal.text))
        if self.thing.pk:
            del self.fields["figure"], self.fields["within_region"], self.fields["question"]
        else:
            questions: Any = self.fields["question"]
            questions.queryset = measuring_questions()
            questions.label_from_instance = _question_label
            versions = figures.latest_versions(with_people=True)
            choices = [(one.figure.slug, str(Words.from_dict(one.name))) for one in versions]
            self.fields["figure"].choices = [("", _("None: milestones")), *choices]  # type: ignore[attr-defined]

    def initial_of(self, thing: Target) -> dict[str, Any]:
        said = super().initial_of(thing)
        lines = [f"{short_date(date.fromisoformat(day))} {_typed(units(value))}" for day, value in thing.steps]
        return said | {
            "baseline": units(thing.baseline),
            "value": None if thing.value is None else units(thing.value),
            "steps": "\n".join(lines),
        }

    def clean_steps(self) -> list[list[Any]]:
        """[[day, thousandths]] in order of the days."""
        steps = []
        for place, line in enumerate(self.cleaned_data["steps"].splitlines(), start=1):
            if not line.strip():
                continue
            day, _space, value = line.strip().partition(" ")
            try:
                steps.append([read_date(day).isoformat(), int(read_decimal(value, least=0) * 1000)])
            except Unreadable as refusal:
                raise forms.ValidationError(_("Line %(line)s: %(why)s") % {"line": place, "why": refusal}) from None
        return sorted(steps)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        since, deadline = said.get("since"), said.get("deadline")
        if since and deadline and deadline <= since:
            self.add_error("deadline", _("The deadline must be later than the first day."))
        outside = [
            day for day, _value in said.get("steps") or [] if since and deadline and not _inside(day, since, deadline)
        ]
        if outside:
            self.add_error("steps", _("A step lies outside the target's own dates."))
        if said.get("value") is not None and not self.thing.pk and not (said.get("figure") or said.get("question")):
            self.add_error("figure", _("Choose the figure that measures it, or leave out what to reach."))
        if said.get("figure") and said.get("question"):
            self.add_error("question", _("Choose a figure or a question, not both."))
        return said

    def values(self) -> dict[str, Any]:
        said = super().values()
        said["baseline"] = int((said["baseline"] or Decimal(0)) * 1000)
        said["value"] = None if said["value"] is None else int(said["value"] * 1000)
        said.pop("within_region", None)
        if not self.thing.pk:
            said |= {"slug": self.slug(self.programme.targets), "ordering": self.programme.targets.count()}
        return said


def _question_label(question: Question) -> str:
    return f"{Words.from_dict(question.survey.name)}: {Words.from_dict(question.text)}"


def _typed(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _inside(day: str, since: date, deadline: date) -> bool:
    return since <= date.fromisoformat(day) <= deadline


class MilestoneForm(TellingForm):
    due = DateField(label=gettext_lazy("Due"))
    done_on = DateField(label=gettext_lazy("Done on"), required=False)
    done_by = TextField(label=gettext_lazy("Done by"), required=False, most=200)
    evidence = TextField(
        label=gettext_lazy("Evidence"),
        required=False,
        most=500,
        help_text=gettext_lazy("What shows it, and where that is found: a case number, minutes, a link."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("done_on"):
            for name in ("done_by", "evidence"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Say who did it, and what shows it."))
        return said


class ContextForm(TellingForm):
    """A number from elsewhere, with where it is from and of when."""

    texts = {"text": gettext_lazy("What is counted")}
    sort = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Context.Sort.choices)
    target = forms.ModelChoiceField(
        queryset=Target.objects.none(),
        label=gettext_lazy("Beside which target"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    value = DecimalField(label=gettext_lazy("Number"))
    dated = DateField(label=gettext_lazy("The date that it is of"))
    source = TextField(label=gettext_lazy("Source"), most=200)
    published = DateField(label=gettext_lazy("Published by the source on"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        targets: Any = self.fields["target"]
        targets.queryset = self.programme.targets.all()
        targets.label_from_instance = lambda target: str(Words.from_dict(target.text))

    def initial_of(self, thing: Context) -> dict[str, Any]:
        return super().initial_of(thing) | {"value": units(thing.value)}

    def values(self) -> dict[str, Any]:
        said = super().values()
        return said | {"value": int(said["value"] * 1000)}


class ParagraphForm(TellingForm):
    most = 2000
    lines = True
    part = forms.ChoiceField(label=gettext_lazy("Under which heading"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = [(part.value, str(words)) for part, words in headings().items()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = super().values()
        if said["part"] != self.thing.part or not self.thing.pk:
            last = self.programme.paragraphs.filter(part=said["part"]).last()
            said["ordering"] = last.ordering + 1 if last else 0
        return said


class ServesForm(AskingForm):
    """The goals that an activity serves, of all programmes."""

    goals = RowsField(
        queryset=Goal.objects.none(),
        label=gettext_lazy("Goals it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        goals: Any = self.fields["goals"]
        goals.queryset = Goal.objects.select_related("programme").order_by("programme__starts", "ordering")
        goals.label_from_instance = lambda goal: f"{Words.from_dict(goal.programme.name)}: {Words.from_dict(goal.text)}"


class UploadForm(AskingForm):
    """A programme's file."""

    file = forms.FileField(label=gettext_lazy("The programme's file"), help_text=gettext_lazy("A TOML file."))


class StartForm(AskingForm):
    """A programme that starts from another: its goals and targets, with days moved to the new first day."""

    pattern = forms.ChoiceField(label=gettext_lazy("Start from"))
    region = forms.ChoiceField(
        label=gettext_lazy("Region"), help_text=gettext_lazy("One that is not here is made on the page of regions.")
    )
    name_nb = TextField(label=gettext_lazy("Name, bokmål"), most=200)
    name_nn = TextField(label=gettext_lazy("Name, nynorsk"), most=200)
    name_en = TextField(label=gettext_lazy("Name, English"), most=200)
    starts = DateField(label=gettext_lazy("From"))

    def __init__(self, data: Any = None, *, patterns: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["pattern"].choices = patterns  # type: ignore[attr-defined]
        self.fields["region"].choices = [(one.slug, str(name_of(one))) for one in places.regions()]  # type: ignore[attr-defined]


class CompareForm(AsOfForm):
    """Which figure of which year is compared between regions, and as of when."""

    tall = forms.ChoiceField(label=gettext_lazy("Figure"), required=False)
    aar = IntegerField(label=gettext_lazy("Year"), required=False, least=1900, most=2100)

    field_order = ("tall", "aar")

    def __init__(self, data: Any, *, versions: list[FigureVersion], year: int, today: date) -> None:
        super().__init__(data, today=today)
        self._versions = {version.figure.slug: version for version in versions}
        self._year = year
        self.fields["tall"].choices = [  # type: ignore[attr-defined]
            (slug, str(Words.from_dict(version.name))) for slug, version in self._versions.items()
        ]
        self.full_clean()

    @property
    def version(self) -> FigureVersion | None:
        """The figure asked for; the first while none is."""
        chosen = self.cleaned_data.get("tall", "")
        return self._versions.get(chosen) or next(iter(self._versions.values()), None)

    @property
    def year(self) -> int:
        return self.cleaned_data.get("aar") or self._year
