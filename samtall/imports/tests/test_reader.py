"""The same rows come out of every kind of file, with the address they have in the spreadsheet."""

from datetime import date
from typing import Any

import pytest

from samtall.imports.cells import Fault, column_letters
from samtall.imports.reader import read
from samtall.imports.tests import files

ROWS: list[list[Any]] = [
    ["Slag", "Tittel", "Fra", "Årsverk", "Kommune"],
    ["Kurs", "Blåbær og kålrot", date(2016, 9, 15), 7.5, "0821"],
    ["Kurs", None, date(2017, 1, 31), 310000009, None],
]
AS_TEXT = [
    ["Slag", "Tittel", "Fra", "Årsverk", "Kommune"],
    ["Kurs", "Blåbær og kålrot", "15.09.2016", "7,5", "0821"],
    ["Kurs", None, "31.01.2017", "310000009", None],
]


@pytest.mark.parametrize("content", [files.xlsx(ROWS), files.ods(ROWS)], ids=["xlsx", "ods"])
def test_a_workbook_gives_numbers_dates_and_text(content: bytes) -> None:
    (sheet,) = read(content).sheets
    assert sheet.rows == [ROWS[0], ROWS[1], ROWS[2][:4]]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_gives_text_whatever_its_separator_and_letters(separator: str, encoding: str) -> None:
    (sheet,) = read(files.csv(ROWS, separator=separator, encoding=encoding)).sheets
    assert sheet.rows == AS_TEXT
    assert sheet.ragged_rows == ()


def test_a_first_line_that_names_the_separator_is_not_a_row() -> None:
    (sheet,) = read(b"sep=,\r\nSlag,Tittel;\r\nKurs,a;b;c\r\n").sheets
    assert sheet.rows == [["Slag", "Tittel;"], ["Kurs", "a;b;c"]]


def test_rows_and_columns_keep_their_place_under_empty_ones() -> None:
    (sheet,) = read(files.xlsx([[], [], [None, "Slag"], [], [None, "Kurs"]])).sheets
    assert sheet.rows == [[], [], [None, "Slag"], [], [None, "Kurs"]]


def test_a_formula_gives_its_stored_value_and_a_fault_without_one() -> None:
    stored = '<c r="A1"><f>1+1</f><v>2</v></c>'
    valueless = '<c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
    error = '<c r="D1" t="e"><v>#DIV/0!</v></c>'
    (sheet,) = read(files.xlsx_of(f'<row r="1">{stored}{valueless}{error}</row>')).sheets
    assert sheet.rows == [[2, Fault("formula"), Fault("formula"), Fault("#DIV/0!")]]


def test_an_error_in_an_ods_is_a_fault() -> None:
    table = (
        '<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
        'calcext:value-type="error" xmlns:calcext="urn:x"><text:p>#N/A</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    (sheet,) = read(files.ods_of(table)).sheets
    assert sheet.rows == [[None, None, Fault("#N/A")]]


def test_dates_counted_from_1904_are_right_and_said_to_be_so() -> None:
    workbook = read(files.xlsx(ROWS, from_1904=True))
    assert (workbook.dates_from_1904, workbook.sheets[0].rows[1][2]) == (True, date(2016, 9, 15))


def test_leading_zeros_stay_in_text_and_equals_signs_stay_text() -> None:
    (sheet,) = read(files.csv([["Ref", "Tittel"], ["007", "=1+1"]])).sheets
    assert sheet.rows[1] == ["007", "=1+1"]


def test_rows_cut_by_a_line_break_are_pointed_at() -> None:
    (sheet,) = read(b"Slag;Tittel;Fra\nKurs;En\nto;2017\nKurs;Tre;2017\nKurs;Fire;2017\n").sheets
    assert sheet.ragged_rows == (2, 3)


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 256)] == ["A", "Z", "AA", "IV"]
