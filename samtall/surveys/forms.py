"""What a person may say of a survey, its questions and rounds, and the form that those who are asked fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities.forms import AskingForm
from samtall.base.text import LANGUAGES, Words
from samtall.surveys.models import Question
from samtall.ui.fields import DateField, TextField


class SurveyForm(AskingForm):
    """What a survey is called, and what stands above its questions."""

    name_nb = TextField(label=gettext_lazy("Name, bokmål"), most=150)
    name_nn = TextField(label=gettext_lazy("Name, nynorsk"), most=150)
    name_en = TextField(label=gettext_lazy("Name, English"), most=150)
    intro_nb = TextField(label=gettext_lazy("Introduction, bokmål"), most=600, lines=True, required=False)
    intro_nn = TextField(label=gettext_lazy("Introduction, nynorsk"), most=600, lines=True, required=False)
    intro_en = TextField(label=gettext_lazy("Introduction, English"), most=600, lines=True, required=False)

    def _field_of(self, name: str) -> str | None:
        return super()._field_of(name) or (f"{name}_nb" if f"{name}_nb" in self.fields else None)

    @property
    def name(self) -> Words:
        return self._words("name")

    @property
    def intro(self) -> Words | None:
        said = self._words("intro")
        return said if any(said.as_dict().values()) else None

    @property
    def slug(self) -> str:
        text = self.name.nb.lower().replace("ø", "o").replace("å", "a").replace("æ", "ae")
        return slugify(text)[:40].strip("-") or "undersokelse"

    def _words(self, name: str) -> Words:
        return Words(*(self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES))


class QuestionForm(AskingForm):
    """A question. The answers to choose between are written one a line, in each language."""

    sort = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=Question.Sort.choices)
    text_nb = TextField(label=gettext_lazy("The question, bokmål"), most=300)
    text_nn = TextField(label=gettext_lazy("The question, nynorsk"), most=300)
    text_en = TextField(label=gettext_lazy("The question, English"), most=300)
    choices_nb = TextField(
        label=gettext_lazy("Answers to choose between, bokmål"),
        help_text=gettext_lazy("One a line; only where one of several answers is chosen."),
        most=1000,
        lines=True,
        required=False,
    )
    choices_nn = TextField(label=gettext_lazy("Answers, nynorsk"), most=1000, lines=True, required=False)
    choices_en = TextField(label=gettext_lazy("Answers, English"), most=1000, lines=True, required=False)

    def _field_of(self, name: str) -> str | None:
        return super()._field_of(name) or (f"{name}_nb" if f"{name}_nb" in self.fields else None)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        lines = {language: _lines(said.get(f"choices_{language}", "")) for language in LANGUAGES}
        if said.get("sort") == Question.Sort.CHOICE and len({len(one) for one in lines.values()}) > 1:
            self.add_error("choices_nb", _("Write as many answers in each language, in the same order."))
        self._choices = list(zip(*(lines[language] for language in LANGUAGES), strict=False))
        return said

    @property
    def said(self) -> dict[str, Any]:
        text = Words(*(self.cleaned_data[f"text_{language}"] for language in LANGUAGES))
        return {"sort": self.cleaned_data["sort"], "text": text, "choices": [Words(*one) for one in self._choices]}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class RoundForm(AskingForm):
    """When a round closes and reminds, and the language of its letters."""

    closes = DateField(label=gettext_lazy("Last day to answer"))
    reminds = DateField(
        label=gettext_lazy("Remind on"),
        required=False,
        help_text=gettext_lazy("Everybody is reminded once, for who has answered is not known."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES)


class InviteForm(AskingForm):
    addresses = TextField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One a line. The list is deleted when the round closes."),
        most=60_000,
        lines=True,
    )

    @property
    def lines(self) -> list[str]:
        return _lines(self.cleaned_data["addresses"])


class AnswerForm(forms.Form):
    """The questions of a survey in the reader's language; all may be left out, but not all at once."""

    all_optional = True

    def __init__(self, data: Any = None, *, questions: Sequence[Question]) -> None:
        super().__init__(data)
        self._questions = {f"q{question.pk}": question for question in questions}
        for name, question in self._questions.items():
            self.fields[name] = _field(question)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.said:
            raise forms.ValidationError(_("Answer at least one of the questions."))
        return said

    @property
    def said(self) -> dict[int, int | str]:
        """What was answered, by question."""
        given = ((question, self.cleaned_data.get(name, "")) for name, question in self._questions.items())
        return {
            question.pk: value if question.sort == Question.Sort.TEXT else int(value)
            for question, value in given
            if value != ""
        }


def _field(question: Question) -> forms.Field:
    label = str(Words.from_dict(question.text))
    if question.sort == Question.Sort.TEXT:
        warning = _(
            "Write nothing that tells who you or others are: no names, no places of work, nothing about health."
        )
        return TextField(label=label, help_text=warning, required=False, most=500, lines=True)
    return forms.ChoiceField(label=label, choices=answers_of(question), required=False, widget=forms.RadioSelect)


def answers_of(question: Question) -> list[tuple[str, str]]:
    """The answers that can be given to a question, and their words."""
    if question.sort == Question.Sort.SCALE:
        ends = {1: _("1 – not at all"), 5: _("5 – very much")}
        return [(str(number), ends.get(number, str(number))) for number in range(1, 6)]
    if question.sort == Question.Sort.YES_NO:
        return [("1", _("Yes")), ("0", _("No"))]
    return [(str(place), str(Words.from_dict(one))) for place, one in enumerate(question.choices)]
