"""Forms: fields that read strictly, and markup that says what is wrong where."""

from datetime import date
from decimal import Decimal

from django import forms

from samtall.ui import fields


class Meeting(forms.Form):
    title = fields.TextField(label="Tittel", most=10)
    day = fields.DateField(label="Dato", help_text="dag.måned.år")
    hours = fields.DecimalField(label="Timer", required=False)
    count = fields.IntegerField(label="Antall", required=False, most=100)
    email = fields.EmailField(label="E-post", required=False)
    notes = fields.TextField(label="Notater", required=False, lines=True)
    form_of_work = forms.ChoiceField(label="Form", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])


GOOD = {
    "title": " Oppstart ",
    "day": "15.9.16",
    "hours": "1 250,5",
    "count": "12",
    "email": "Kari@Eksempel.no",
    "notes": "a\r\nb",
    "form_of_work": "a",
}


def test_what_is_typed_is_read_by_the_strict_readers() -> None:
    form = Meeting(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": "Oppstart",
        "day": date(2016, 9, 15),
        "hours": Decimal("1250.5"),
        "count": 12,
        "email": "Kari@eksempel.no",
        "notes": "a\nb",
        "form_of_work": "a",
    }


def test_what_may_be_left_empty_is_read_as_nothing() -> None:
    form = Meeting({**GOOD, "hours": " ", "count": "", "email": "\u200b", "notes": ""})
    assert form.is_valid(), form.errors
    assert [form.cleaned_data[name] for name in ("hours", "count", "email", "notes")] == [None, None, "", ""]


def test_every_error_has_its_code_and_all_are_told_at_once() -> None:
    form = Meeting(
        {"title": "alt for lang tittel", "day": "31.02.2017", "hours": "1.5", "count": "101", "email": "kari@x.invalid"}
    )
    codes = {name: errors[0]["code"] for name, errors in form.errors.get_json_data().items()}
    assert codes == {
        "title": "T2",
        "day": "D1",
        "hours": "N1",
        "count": "N2",
        "email": "M2",
        "form_of_work": "required",
    }


def test_what_was_typed_is_kept_and_what_is_stored_is_shown_as_norwegians_write_it() -> None:
    assert 'value="31.02.2017"' in str(Meeting({**GOOD, "day": "31.02.2017"}))
    stored = str(Meeting(initial={"day": date(2016, 9, 5), "hours": Decimal("12.50"), "count": 7}))
    assert 'value="05.09.2016"' in stored
    assert 'value="12,50"' in stored
    assert 'value="7"' in stored


def test_a_stored_value_that_is_sent_back_as_shown_has_not_changed() -> None:
    initial = {"title": "Oppstart", "day": date(2016, 9, 5), "form_of_work": "a", "count": 7}
    sent = {"title": "Oppstart", "day": "05.09.2016", "form_of_work": "a", "count": "7"}
    assert Meeting(sent, initial=initial).changed_data == []
    assert Meeting({**sent, "day": "06.09.2016"}, initial=initial).changed_data == ["day"]


def test_an_error_is_tied_to_its_field_and_linked_from_the_summary() -> None:
    html = str(Meeting({**GOOD, "day": "x", "form_of_work": ""}))
    assert '<a class="ds-link" href="#id_day">' in html
    assert '<a class="ds-link" href="#id_form_of_work_0">' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_helptext"' in html
    assert 'id="id_day_error"' in html
    assert html.count('aria-invalid="true"') == 3  # the date, and both choices


def test_choices_are_grouped_under_their_question() -> None:
    html = str(Meeting())
    assert '<fieldset class="ds-fieldset" id="id_form_of_work_group">' in html
    assert '<legend class="ds-label">Form' in html


def test_what_is_typed_is_shown_and_never_run() -> None:
    html = str(Meeting({**GOOD, "title": '"><script>'}))
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
