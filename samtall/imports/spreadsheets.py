"""Spreadsheets out: templates to fill in, and the problems of an import. Text is always text, never a formula."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from samtall.activities.kind import FieldType, Kind, PartyType, Role
from samtall.activities.registry import kinds
from samtall.activities.vocabulary import EVIDENCE
from samtall.imports import fields
from samtall.imports.fields import SheetField
from samtall.imports.problems import Problem
from samtall.imports.wording import OUTCOME_WORDS, STATUS_WORDS

ROWS_WITH_LISTS = 2_000
CODES = (fields.ORGANISATION_NUMBER.code, fields.EDUCATION_NUMBER.code, fields.MUNICIPALITY.code, fields.REFERENCE.code)
DATES = (fields.STARTS.code, fields.ENDS.code, fields.ATTENDED_ON.code, fields.EVIDENCE_DATE.code)
SAFE: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def template_of(kind: Kind | None) -> bytes:
    """A spreadsheet to fill in, for one kind or for all, with a sheet that explains each column."""
    among = (kind,) if kind else kinds()
    columns = columns_for(kind)
    content = BytesIO()
    with xlsxwriter.Workbook(content, SAFE) as workbook:
        heading = workbook.add_format({"bold": True, "bg_color": "#083D47", "font_color": "#FFFFFF"})
        formats = {
            "text": workbook.add_format({"num_format": "@"}),
            "date": workbook.add_format({"num_format": "dd.mm.yyyy"}),
        }
        sheet = workbook.add_worksheet(_("Activities"))
        sheet.freeze_panes(1, 0)
        lists = workbook.add_worksheet(_("Lists"))
        for number, column in enumerate(columns):
            sheet.write_string(0, number, str(column.words), heading)
            sheet.set_column(number, number, max(14, len(str(column.words)) + 4), formats.get(_format_of(column)))
            allowed = _allowed(column, among)
            if allowed:
                lists.write_column(0, number, allowed)
                letter = xlsxwriter.utility.xl_col_to_name(number)
                source = f"='{_('Lists')}'!${letter}$1:${letter}${len(allowed)}"
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(1, number, ROWS_WITH_LISTS, number, rule)
        _explain(workbook.add_worksheet(_("Explanation")), columns, among, heading)
        lists.hide()
    return content.getvalue()


def columns_for(kind: Kind | None) -> list[SheetField]:
    """The columns that a template has: what the kind (or any kind) can use, most needed first."""
    among = (kind,) if kind else kinds()
    roles = [role for one in among for role in one.roles]
    people = [role for role in roles if role.party is PartyType.PERSON and role.counted]
    wanted: list[SheetField] = [fields.KIND, fields.TITLE, fields.STARTS, fields.ENDS]
    wanted += [fields.ORGANISATION, fields.ORGANISATION_NUMBER]
    if any(role.side == "education" and role.party is PartyType.ORGANISATION for role in roles):
        wanted += [fields.EDUCATION, fields.EDUCATION_NUMBER]
    if any(role.named for role in people):
        wanted += [fields.PERSON, fields.EMAIL]
    if people:
        wanted.append(fields.HEAD_COUNT)
    wanted += _quantities(roles)
    wanted += fields.detail_fields(among)
    wanted += [fields.MUNICIPALITY, fields.EVIDENCE, fields.EVIDENCE_KIND, fields.EVIDENCE_DATE, fields.STATUS]
    wanted += [fields.PROGRAMME, fields.REFERENCE, fields.REMARK]
    by_heading = {str(one.words): one for one in reversed(wanted)}
    return [one for one in wanted if by_heading[str(one.words)] is one]


def _quantities(roles: Sequence[Role]) -> list[SheetField]:
    units = {role.quantity_unit for role in roles}
    wanted = [fields.ATTENDED_HOURS, fields.OUTCOME] if "hour" in units else []
    return wanted + ([fields.FTE] if "fte" in units else [])


def problems_of(problems: Sequence[Problem]) -> bytes:
    """A spreadsheet of what is wrong, to correct by."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, SAFE) as workbook:
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(_("Errors"))
        sheet.freeze_panes(1, 0)
        titles = [_("Weight"), _("Row"), _("Column"), _("Heading"), _("What it is"), _("What to do"), _("Code")]
        for number, title in enumerate(titles):
            sheet.write_string(0, number, title, bold)
        for line, one in enumerate(problems, start=1):
            sheet.write_string(line, 0, one.level.words, wrapped)
            if one.row:
                sheet.write_number(line, 1, one.row, wrapped)
            for number, text in enumerate((one.column, one.heading, one.text, one.advice, one.code), start=2):
                sheet.write_string(line, number, text[:32_000], wrapped)
        sheet.set_column(0, 3, 12)
        sheet.set_column(4, 5, 60)
        sheet.autofilter(0, 0, max(1, len(problems)), len(titles) - 1)
    return content.getvalue()


def _explain(sheet: Any, columns: Sequence[SheetField], among: Sequence[Kind], heading: Any) -> None:
    for number, title in enumerate((_("Column"), _("Needed"), _("What it holds"), _("Allowed words"))):
        sheet.write_string(0, number, title, heading)
    needed = {one.code for one in fields.REQUIRED} | {fields.ORGANISATION.code}
    needed |= {fields.DETAIL + one.code for kind in among for one in kind.fields if one.required and len(among) == 1}
    for line, column in enumerate(columns, start=1):
        sheet.write_string(line, 0, str(column.words))
        sheet.write_string(line, 1, _("yes") if column.code in needed else "")
        sheet.write_string(line, 2, str(column.explanation))
        sheet.write_string(line, 3, ", ".join(_allowed(column, among)))
    advice = (
        _("One row is one party's part in an activity."),
        _("Rows with the same kind, title, first day and education party (or the same id) are one activity."),
        _("Never write national identity numbers here."),
    )
    for line, text in enumerate(advice, start=len(columns) + 2):
        sheet.write_string(line, 0, text)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 3, 70)


def _allowed(column: SheetField, among: Sequence[Kind]) -> list[str]:
    """The words that a column takes, where they are few."""
    if column.code == fields.KIND.code:
        return [str(kind.words) for kind in among]
    if column.code == fields.STATUS.code:
        return [words[0].capitalize() for words in STATUS_WORDS.values()]
    if column.code == fields.OUTCOME.code:
        return [words[0].capitalize() for words in OUTCOME_WORDS.values()]
    if column.code == fields.EVIDENCE_KIND.code:
        return [str(words) for words in EVIDENCE.values()]
    choices = [
        str(words)
        for kind in among
        for declared in kind.fields
        if fields.DETAIL + declared.code == column.code
        for _code, words in declared.choices
    ]
    return list(dict.fromkeys(choices))


def _format_of(column: SheetField) -> str:
    if column.code in CODES:
        return "text"
    types = {one.type for kind in kinds() for one in kind.fields if fields.DETAIL + one.code == column.code}
    return "date" if column.code in DATES or FieldType.DATE in types else ""
