"""What a person may say at a stage of an activity's life, and of its milestones."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities.forms import AskingForm
from samtall.activities.kind import Stage
from samtall.activities.models import Activity, Milestone
from samtall.activities.vocabulary import EVIDENCE
from samtall.base.periods import academic_year
from samtall.ui.fields import DateField, TextField

#: An activity as people point to it: its number, or the address of its page.
_POINTER = re.compile(r"(?:.*/aktiviteter/)?([0-9]{1,17})/?")


class ActivityField(TextField):
    """Another activity among some, by the address of its page or the number in it; None when nothing is written."""

    empty: Any = None
    among: QuerySet[Activity] = Activity.objects.none()

    def read(self, raw: str) -> Any:
        pointed = _POINTER.fullmatch(super().read(raw))
        activity = self.among.filter(pk=int(pointed[1])).first() if pointed else None
        if activity is None:
            raise ValidationError(_("There is no such activity. Copy the address of its page."))
        return activity

    def write(self, value: Any) -> str:
        return str(getattr(value, "pk", value))


class SeasonForm(forms.Form):
    """Which academic year a page of seasons is about, by the year it begins in."""

    studieaar = forms.TypedChoiceField(label=gettext_lazy("Academic year"), coerce=int, required=False)

    all_optional = True

    def __init__(self, data: Any, *, years: list[int], likely: int) -> None:
        super().__init__({"studieaar": likely} | {name: data[name] for name in data})
        self.fields["studieaar"].choices = [(one, academic_year(one).label) for one in years]  # type: ignore[attr-defined]
        self.year = int(self.cleaned_data["studieaar"]) if self.is_valid() else likely


class StageForm(AskingForm):
    """What is said at a stage: the day, yes or no where it is somebody's to decide, and in what words."""

    yes = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    on = DateField(label=gettext_lazy("Date"))
    text = TextField(label=gettext_lazy("In words"), required=False, most=4000, lines=True)
    led_to = ActivityField(
        label=gettext_lazy("The activity that followed"),
        help_text=gettext_lazy("The address of its page, or the number in it."),
        required=False,
        most=200,
    )

    def __init__(self, *args: Any, stage: Stage, among: QuerySet[Activity], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["led_to"].among = among  # type: ignore[attr-defined]
        if stage.decided_by:
            self.fields["text"].help_text = _("A no needs a reason.")
        else:
            del self.fields["yes"]
            self.fields["text"].help_text = str(stage.help)
            self.fields["text"].required = not stage.links
        if not stage.links:
            del self.fields["led_to"]


class NewMilestoneForm(AskingForm):
    """A milestone in one's own words."""

    title = TextField(label=gettext_lazy("What is to be reached"), most=200)
    due = DateField(label=gettext_lazy("Due"))


class MilestoneForm(AskingForm):
    """When a milestone is due, when it was reached, and which of the activity's documentation shows it."""

    due = DateField(label=gettext_lazy("Due"))
    done_on = DateField(label=gettext_lazy("Reached on"), required=False)
    evidence: Any = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Documentation"), required=False)

    def __init__(self, data: Any = None, *, milestone: Milestone) -> None:
        super().__init__(data, initial={name: getattr(milestone, name) for name in ("due", "done_on", "evidence")})
        pieces = milestone.activity.evidence.order_by("pk")
        if not pieces:
            del self.fields["evidence"]
            return
        field = self.fields["evidence"]
        field.queryset = pieces  # type: ignore[attr-defined]
        field.empty_label = _("None")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{EVIDENCE[one.kind]}: {one.description}"  # type: ignore[attr-defined]
