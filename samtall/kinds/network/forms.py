"""What a person may say of a network's meetings and members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.activities.forms import AskingForm
from samtall.activities.models import Participation
from samtall.kinds.network.models import Meeting
from samtall.ui.fields import DateField, IntegerField, RowsField, TextField


class MeetingForm(AskingForm):
    """A meeting: its day and minutes where it is new, and what it was about and who came."""

    on = DateField(label=_("Date"))
    about = TextField(label=_("What it was about"), required=False, most=500)
    place = TextField(label=_("Place"), required=False, most=200)
    attended: Any = RowsField(queryset=None, label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple)
    people = IntegerField(label=_("How many people came"), required=False, least=1, most=10_000)
    minutes = TextField(
        label=_("Where the minutes are found"),
        help_text=_("A case number, a file name or a link. They become documentation of the network."),
        required=False,
    )

    def __init__(self, data: Any = None, *, network: Any, meeting: Meeting | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        parts = Participation.objects.filter(activity=network, head_count=None, person_key=None)
        self.fields["attended"].queryset = parts.select_related("organisation").order_by("pk")  # type: ignore[attr-defined]
        self.fields["attended"].label_from_instance = lambda part: str(part.organisation)  # type: ignore[attr-defined]
        if meeting is not None:
            del self.fields["on"], self.fields["minutes"]
            self.initial = {name: getattr(meeting, name) for name in ("about", "place", "people")}
            self.initial["attended"] = list(meeting.attended.all())


class LeavingForm(AskingForm):
    """The last day of a membership."""

    on = DateField(label=_("Last day as a member"))
