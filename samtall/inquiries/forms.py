"""What a sender may say in a contact form, as its declaration has it; and what the desk may say of an inquiry."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.finding import Party, find_party, label_of
from samtall.base.text import LANGUAGES
from samtall.inquiries import looking_up
from samtall.inquiries.declaration import Declaration, Question
from samtall.inquiries.models import LONGEST, Inquiry
from samtall.inquiries.queries import Filters, handlers
from samtall.inquiries.states import CHOSEN, State
from samtall.parties.models import Establishment, Organisation
from samtall.parties.numbers import InvalidNumber, check, format_number
from samtall.ui.fields import EmailField, IntegerField, LookupField, LookupInput, PhoneField, TextField

LEVELS = (
    ("school", gettext_lazy("Upper-secondary school")),
    ("bachelor", gettext_lazy("Bachelor")),
    ("master", gettext_lazy("Master")),
    ("further", gettext_lazy("Continuing and further education")),
)
PLACES = (
    ("here", gettext_lazy("At our premises")),
    ("remote", gettext_lazy("Remote")),
    ("both", gettext_lazy("Either will do")),
)
WORK_LANGUAGES = (
    ("norwegian", gettext_lazy("Norwegian")),
    ("english", gettext_lazy("English")),
    ("both", gettext_lazy("Either will do")),
)
COMPENSATIONS = (
    ("pay", gettext_lazy("We can pay a wage or a fee")),
    ("expenses", gettext_lazy("We can cover expenses")),
    ("none", gettext_lazy("Not planned")),
    ("open", gettext_lazy("We would like to talk about it")),
)
BEFORE = (
    ("yes", pgettext_lazy("answer", "Yes")),
    ("no", pgettext_lazy("answer", "No")),
    ("unsure", pgettext_lazy("answer", "Do not know")),
)
REPLY_LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


class OrganisationField(TextField):
    """An organisation number or a name; what looks like a number must be one."""

    def read(self, raw: str) -> str:
        text = super().read(raw)
        if not any(character.isalpha() for character in text):
            try:
                check(text)
            except InvalidNumber as refusal:
                raise ValidationError(str(refusal), code="V1") from None
        return text


def _one(choices: Any) -> Callable[..., forms.Field]:
    return lambda **said: forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)


def _several(choices: Any) -> Callable[..., forms.Field]:
    return lambda **said: forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)


class NameField(TextField):
    """The sender's own name, which their browser knows."""

    attributes = {"autocomplete": "name"}


#: How each question is asked: its field, its usual words and its usual help.
USUAL: dict[str, tuple[Callable[..., forms.Field], Any, Any]] = {
    "organisation": (
        lambda **said: OrganisationField(most=300, **said),
        gettext_lazy("Organisation"),
        gettext_lazy("Its organisation number, for example 974 760 673, or its name."),
    ),
    "municipality": (
        lambda **said: TextField(most=100, **said),
        gettext_lazy("Municipality of the work site"),
        "",
    ),
    "contact_name": (
        lambda **said: NameField(most=200, **said),
        gettext_lazy("Your name"),
        "",
    ),
    "email": (EmailField, gettext_lazy("E-mail"), gettext_lazy("We answer to this address.")),
    "phone": (PhoneField, gettext_lazy("Telephone"), ""),
    "kinds": (_several([]), gettext_lazy("What would you like?"), gettext_lazy("Choose as many as you like.")),
    "description": (
        lambda **said: TextField(
            most=LONGEST,
            lines=True,
            widget=forms.Textarea(attrs={"rows": 6}),
            **said,
        ),
        gettext_lazy("What is it about?"),
        gettext_lazy("A few sentences will do. Do not write national identity numbers or anything sensitive."),
    ),
    "subjects": (_several([]), gettext_lazy("Subject areas"), ""),
    "level": (_several(LEVELS), gettext_lazy("Level"), ""),
    "students": (
        lambda **said: IntegerField(least=1, most=10_000, **said),
        gettext_lazy("How many students or pupils?"),
        "",
    ),
    "period": (
        lambda **said: TextField(most=200, **said),
        gettext_lazy("When?"),
        gettext_lazy("A semester, a month or a date."),
    ),
    "place": (_one(PLACES), gettext_lazy("Where is the work done?"), ""),
    "work_language": (_one(WORK_LANGUAGES), gettext_lazy("Language of the work"), ""),
    "compensation": (_one(COMPENSATIONS), pgettext_lazy("contact form", "Compensation"), ""),
    "confidentiality": (
        lambda **said: TextField(most=1000, lines=True, widget=forms.Textarea(attrs={"rows": 2}), **said),
        gettext_lazy("Confidentiality and rights to the results"),
        gettext_lazy("If something must be kept secret, or you want to use the results yourselves."),
    ),
    "before": (_one(BEFORE), gettext_lazy("Have you worked with students or pupils before?"), ""),
    "heard": (lambda **said: TextField(most=200, **said), gettext_lazy("How did you hear of us?"), ""),
    "reply_language": (_one(REPLY_LANGUAGES), gettext_lazy("Which language shall we answer in?"), ""),
    "notice": (
        lambda **said: forms.BooleanField(
            error_messages={"required": gettext_lazy("Tell us that we may keep this. Without a yes we keep nothing.")},
            **said,
        ),
        "",
        "",
    ),
}
#: What a code of each choice question means.
CHOICES: dict[str, Any] = {
    "level": LEVELS,
    "place": PLACES,
    "work_language": WORK_LANGUAGES,
    "compensation": COMPENSATIONS,
    "before": BEFORE,
}
#: What only robots fill in.
TRAP = "website"
#: Which one is meant, where a name may stand for several; and that it is none of them.
MEANT, NONE_OF_THEM = "meant", "none"


class InquiryForm(forms.Form):
    """The questions of a declaration, in its words and its order.

    `lookup` is the address that suggests organisations while one types. Who writes a name that may stand for several
    is asked once which is meant.
    """

    def __init__(self, data: QueryDict | None = None, *, declaration: Declaration, lookup: str = "") -> None:
        super().__init__(data, initial={"reply_language": (get_language() or "nb")[:2]})
        self.declaration = declaration
        for question in declaration.questions:
            self.fields[question.code] = self._field(question)
        self._offer("kinds", [(one.code, str(one.wish)) for one in declaration.offered()])
        self._offer("subjects", [(one.code, str(one.words)) for one in declaration.subjects])
        if lookup and "organisation" in self.fields:
            self.fields["organisation"].widget = LookupInput(lookup)
        self._leave_to_the_sender()

    def _field(self, question: Question) -> forms.Field:
        make, label, help_text = USUAL[question.code]
        if question.code == "notice":
            label = self.declaration.notice
        return make(
            label=str(question.label or label),
            help_text=str(question.help or help_text),
            required=question.required,
        )

    def _offer(self, code: str, choices: list[tuple[str, str]]) -> None:
        if not choices:
            self.fields.pop(code, None)
        elif code in self.fields:
            self.fields[code].choices = choices  # type: ignore[attr-defined]

    def _leave_to_the_sender(self) -> None:
        """What a browser cannot check in three languages, we check."""
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for code, field in self.fields.items():
            several = isinstance(field, forms.MultipleChoiceField)
            if not several and isinstance(self.data, QueryDict) and len(self.data.getlist(code)) > 1:
                self.add_error(code, ValidationError(_("Give one answer."), code="V1"))
        if "organisation" in said:
            said["organisation"] = self._meant(said["organisation"])
        return said

    def _meant(self, written: str) -> str:
        """The organisation with its number where that is clear; else what was written, after the sender was asked."""
        likely = looking_up.likely(written)
        if not likely:
            return written
        self._ask_which(written, likely)
        answer = self.data.get(MEANT)
        chosen = next((one for one in likely if one.number == answer), None)
        if chosen is None and answer != NONE_OF_THEM:
            self.add_error(MEANT, ValidationError(_("Choose which organisation you mean, and send again."), code="V1"))
        return label_of(chosen) if chosen else written

    def _ask_which(self, written: str, likely: list[Party]) -> None:
        choices = [
            (one.number, " – ".join(filter(None, (label_of(one), details))))
            for one, details in looking_up.with_details(likely)
        ]
        none = (NONE_OF_THEM, _("None of these; it is called “%(name)s”") % {"name": written})
        self.fields[MEANT] = forms.ChoiceField(
            label=_("Which organisation do you mean?"), widget=forms.RadioSelect, choices=[*choices, none]
        )
        codes = [code for code in self.fields if code != MEANT]
        codes.insert(codes.index("organisation") + 1, MEANT)
        self.order_fields(codes)

    def clean_notice(self) -> bool:
        """Only a yes is a yes: browsers send "on"."""
        if str(self.data.get("notice", "")).lower() not in ("on", "true", "1", "yes"):
            raise ValidationError(self.fields["notice"].error_messages["required"], code="G1")
        return True

    def said(self) -> dict[str, Any]:
        """What was written, as `receive` takes it: plain values, and nothing of what was left empty."""
        return {code: value for code, value in self.cleaned_data.items() if value not in (None, "", [], True)}


def reply_language(said: dict[str, Any]) -> str:
    """The language that the sender wants an answer in; the one they wrote in where the form does not ask."""
    chosen = said.get("reply_language") or (get_language() or "nb")[:2]
    return str(chosen) if chosen in LANGUAGES else "nb"


class AddForm(forms.Form):
    """More from the sender, on their own page."""

    text = TextField(label=gettext_lazy("What do you want to add?"), most=LONGEST, lines=True)


# At the desk.

ANY = ("", pgettext_lazy("filter", "All"))


class FilterForm(forms.Form):
    """What the list is narrowed to, from the address."""

    q = TextField(label=gettext_lazy("Organisation, person or case number"), required=False, most=200)
    hvem = forms.ChoiceField(
        label=gettext_lazy("Who has it"),
        required=False,
        choices=[ANY, ("mine", gettext_lazy("I have it")), ("nobody", gettext_lazy("Nobody has it"))],
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("On the way")), ("alle", pgettext_lazy("filter", "All")), *State.choices],
    )
    forsinket = forms.BooleanField(label=gettext_lazy("Only late ones"), required=False)

    all_optional = True

    def filters(self, today: date) -> Filters:
        """What was asked for; what cannot be read narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            who=said.get("hvem", ""),
            late_on=today if said.get("forsinket") else None,
            state=said.get("status") or "open",
            text=said.get("q", ""),
        )


class AssignForm(forms.Form):
    """Who gets it."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=User.objects.none(), required=False, empty_label=gettext_lazy("Nobody")
    )
    unit = TextField(label=gettext_lazy("Unit"), required=False, most=200)
    reason = TextField(label=gettext_lazy("Why"), required=False, most=500)

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, initial={"person": inquiry.assignee, "unit": inquiry.unit})
        people = [user.pk for user in handlers(inquiry)]
        self.fields["person"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """How far it has come, or how it ended."""

    state = forms.ChoiceField(
        label=gettext_lazy("Status"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in CHOSEN]
    )
    reason = TextField(
        label=gettext_lazy("Why"),
        required=False,
        most=500,
        help_text=gettext_lazy("When you decline, or find nobody, the sender reads this."),
    )


class ReasonForm(forms.Form):
    reason = TextField(label=gettext_lazy("Why"), most=500)


class TextForm(forms.Form):
    """Something written in a case."""

    text = TextField(label=gettext_lazy("Text"), most=LONGEST, lines=True, widget=forms.Textarea(attrs={"rows": 8}))


class MergeForm(forms.Form):
    """Which case it is merged into."""

    number = TextField(
        label=gettext_lazy("Case number of the one that is kept"), most=12, help_text=gettext_lazy("Such as 2026-0042.")
    )
    reason = TextField(label=gettext_lazy("Why"), required=False, most=500)


class SplitForm(forms.Form):
    """What becomes a case of its own."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What the new case asks for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = TextField(label=gettext_lazy("What is it about?"), most=LONGEST, lines=True)

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, initial={"description": inquiry.description})
        kinds = [(one.code, str(one.wish)) for one in registry.kinds() if one.code in inquiry.kinds]
        if kinds:
            self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]
        else:
            del self.fields["kinds"]


class OrganisationForm(forms.Form):
    """Which organisation asked."""

    organisation = LookupField(
        url=reverse_lazy("organisation-lookup"),
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Name or organisation number. Those who are likely are suggested while you write."),
    )

    def clean_organisation(self) -> Organisation:
        found = find_party(self.cleaned_data["organisation"])
        if found.party is None:
            if found.candidates:
                raise ValidationError(
                    _("More than one can be meant. Write the organisation number: %(which)s.")
                    % {"which": ", ".join(f"{one.name} ({format_number(one.number)})" for one in found.candidates[:5])}
                )
            raise ValidationError(_("We do not know it. Add the organisation first, then come back."))
        return found.party.organisation if isinstance(found.party, Establishment) else found.party


class DeclarationForm(forms.Form):
    """A contact form as its declaration."""

    text = forms.CharField(
        label=gettext_lazy("Declaration"), max_length=100_000, strip=False, widget=forms.Textarea(attrs={"rows": 30})
    )

    def clean_text(self) -> str:
        """Line breaks as files have them: browsers send another sort."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
