"""What a person may say about a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtall.activities.finding import Found, find_party, label_of
from samtall.activities.registry import kinds
from samtall.imports import limits
from samtall.imports.cells import column_letters
from samtall.imports.columns import HEADER_ROWS, Layout
from samtall.imports.fields import GENERAL, detail_fields
from samtall.imports.matching import Candidate
from samtall.imports.models import Import
from samtall.parties.models import Establishment, Organisation
from samtall.ui.fields import LookupField, TextField

#: What the name of a sheet may stand for.
SAID_BY_SHEETS = ("kind", "starts", "organisation", "education", "municipality", "programme", "status")


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An .xlsx, .ods or .csv file of at most 10 MB. Nothing is saved before you have seen a preview."),
        allow_empty_file=True,  # the guard says what is wrong with it
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError(_("The file is too large. The limit is 10 MB."))
        return file


class ColumnsForm(forms.Form):
    """What each column of a sheet holds."""

    def __init__(
        self,
        columns: Sequence[tuple[int, str, str]],
        layout: Layout,
        *args: Any,
        sheets: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """`columns` are the number, the heading and examples of each; `sheets` the names of those in the file."""
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            self.fields["sheets"] = forms.MultipleChoiceField(
                label=_("Sheets to take in"),
                help_text=_("Several must have the same headings."),
                choices=[(name, name) for name in sheets],
                initial=layout.sheets,
                widget=forms.CheckboxSelectMultiple,
            )
            held = [one for one in GENERAL if one.code in SAID_BY_SHEETS]
            self.fields["sheet_holds"] = forms.ChoiceField(
                label=_("What the names of the sheets say"),
                required=False,
                initial=layout.sheet_holds,
                choices=[("", _("nothing to take in")), *((one.code, str(one.words)) for one in held)],
            )
        self.fields["header_row"] = forms.IntegerField(
            label=_("Row with the headings"),
            help_text=_("0 when the sheet has none."),
            min_value=0,
            max_value=HEADER_ROWS,
            initial=layout.header_row,
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of activity of all rows"),
            help_text=_("Only where no column says it."),
            required=False,
            initial=layout.kind,
            choices=[("", "–"), *((kind.code, str(kind.words)) for kind in kinds())],
        )
        choices: list[Any] = [("", _("not taken in")), *((one.code, str(one.words)) for one in GENERAL)]
        choices.append((_("Of one kind of activity"), [(one.code, str(one.words)) for one in detail_fields()]))
        for column, heading, examples in columns:
            letters = column_letters(column)
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=f"{letters} «{heading}»" if heading else letters,
                help_text=examples,
                required=False,
                initial=layout.columns.get(column, ""),
                choices=choices,
            )

    def columns(self) -> dict[int, str]:
        """Column number → field code."""
        return {
            int(name.removeprefix("column_")): code
            for name, code in self.cleaned_data.items()
            if name.startswith("column_")
        }


class DuplicatesForm(forms.Form):
    """What to do with rows that may be there twice."""

    answer = forms.ChoiceField(
        label=_("Rows that may be there twice"),
        choices=[
            (Import.Duplicates.SKIP.value, _("Leave them out")),
            (Import.Duplicates.COUNT.value, _("Let both count")),
        ],
        widget=forms.RadioSelect,
        initial=Import.Duplicates.SKIP.value,
    )
    reason = TextField(label=_("Why both count"), help_text=_("Needed when both are to count."), required=False)


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = TextField(label=_("Why it is undone"), help_text=_("Is kept with the import and with each activity."))


class RowForm(forms.Form):
    """What should stand in the cells of a row."""

    skip = forms.BooleanField(label=_("Leave the row out"), required=False)

    def __init__(self, cells: Sequence[tuple[str, str, str]], *args: Any, skipped: bool = False, **kwargs: Any) -> None:
        """`cells` are field code, name and what stands there now."""
        super().__init__(*args, **kwargs)
        self.fields["skip"].initial = skipped
        self._cells = {f"cell_{code}": (code, text) for code, _name, text in cells}
        for code, name, text in cells:
            self.fields[f"cell_{code}"] = forms.CharField(label=name, required=False, max_length=300, initial=text)
        self.order_fields([*self._cells, "skip"])

    def changed(self) -> dict[str, str]:
        """Field code → text, for the cells that hold something else than in the spreadsheet."""
        return {
            code: self.cleaned_data[name]
            for name, (code, text) in self._cells.items()
            if self.cleaned_data[name].strip() != text.strip()
        }


class OrganisationForm(forms.Form):
    """Who is meant by a name: one of the candidates, one by its number, or nobody here."""

    NUMBER, NONE = "number", "none"

    who = forms.ChoiceField(label=_("Who is meant?"), widget=forms.RadioSelect)
    number = LookupField(
        url=reverse_lazy("organisation-lookup"),
        label=_("Another organisation"),
        help_text=_("Name or organisation number. Those who are likely are suggested while you write."),
        required=False,
    )

    def __init__(self, name: str, candidates: Sequence[Candidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._candidates = {f"{one.organisation}-{one.establishment or 0}": one for one in candidates}
        choices = [(key, _candidate_words(one)) for key, one in self._candidates.items()]
        choices.append((self.NUMBER, gettext("Another: write it below")))
        choices.append((self.NONE, gettext("None of these: “%(name)s” stays unidentified") % {"name": name}))
        if self.data.get("number") and not self.data.get("who"):
            self.data = {name: self.data.get(name) for name in self.data} | {"who": self.NUMBER}  # has chosen it
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self._found: tuple[Organisation | None, Establishment | None] = (None, None)

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        who = said.get("who", "")
        if who == self.NUMBER:
            self._found = self._written(said.get("number", ""))
        elif who in self._candidates:
            one = self._candidates[who]
            self._found = (
                Organisation.objects.filter(pk=one.organisation).first(),
                Establishment.objects.filter(pk=one.establishment or 0).first(),
            )
        return said

    def _written(self, text: str) -> tuple[Organisation | None, Establishment | None]:
        """Who is written as another than the candidates; an error when that is nobody, or may be several."""
        found = find_party(text) if text else Found()
        if isinstance(found.party, Establishment):
            return found.party.organisation, found.party
        if found.party is not None and found.party.counted.identified:
            return found.party, None
        if found.candidates:
            listed = "; ".join(label_of(one) for one in found.candidates[:5])
            self.add_error("number", gettext("This may be several: %(listed)s. Write the number.") % {"listed": listed})
        else:
            self.add_error(
                "number", gettext("No organisation here has this name or number. Check it, or load the register.")
            )
        return None, None

    def chosen(self) -> tuple[Organisation | None, Establishment | None]:
        """The organisation and its work site; neither when nobody here is meant."""
        return self._found


def _candidate_words(one: Candidate) -> str:
    reasons = ", ".join(str(reason) for reason in one.reasons)
    return f"{one} – {reasons}" if reasons else str(one)


class OverlapForm(forms.Form):
    """Whether two are the same work."""

    answer = forms.ChoiceField(
        label=_("Is it the same work?"),
        choices=[
            ("join", _("Yes, the same: add what is new to it, and count it once")),
            ("keep", _("No: both count")),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Why both count"), help_text=_("Needed when both are to count."), required=False)
