"""Charts: a drawing the page can colour, and the same numbers beside it."""

import re

from samtall.ui.charts import Bar, Chart, bar_chart


def chart() -> Chart:
    bars = [Bar("2016", 24), Bar("2017", 1034, 6), Bar("2018", None)]
    return bar_chart("Bedrifter på <kurs>", bars, heading="År", unit="bedrifter", target=50)


def test_the_drawing_has_no_styles_scripts_or_colours_of_its_own() -> None:
    svg = chart().svg
    assert not re.search(r"<style|<script| style=|#0[1-5]0[1-5]0[1-5]", svg)
    assert set(re.findall(r'(?:fill|stroke)="([a-z]+)', svg)) == {"none", "var", "url"}


def test_the_drawing_tells_its_numbers_to_a_screen_reader() -> None:
    assert 'role="img" aria-label="Bedrifter på &lt;kurs&gt;. 2016: 24; 2017: 1\u00a0034, og 6' in chart().svg
    assert len(re.findall(r"role=|aria-label=", chart().svg)) == 2


def test_what_awaits_approval_is_hatched_and_has_a_column() -> None:
    drawn = chart()
    assert drawn.pending_shown
    assert drawn.svg.count("url(#pending-") == 1
    assert drawn.table.rows == [["2016", 24, 0], ["2017", 1034, 6], ["2018", None, 0]]
    assert [column.label for column in drawn.table.columns] == ["År", "bedrifter", "Venter på godkjenning"]


def test_without_anything_pending_there_is_neither_hatching_nor_column() -> None:
    drawn = bar_chart("Samarbeid", [Bar("2016", 24)], heading="År")
    assert not drawn.pending_shown
    assert drawn.svg.count("url(#pending-") == 0
    assert drawn.table.rows == [["2016", 24]]


def test_two_charts_on_a_page_share_no_ids() -> None:
    first = re.findall(r' id="([^"]+)"', chart().svg)
    second = re.findall(r' id="([^"]+)"', bar_chart("Samarbeid", [Bar("2016", 24)], heading="År").svg)
    assert not set(first) & set(second)


def test_in_a_template_it_is_drawing_and_table() -> None:
    html = str(chart())
    assert html.count("<svg") == 1
    assert html.count("<table") == 1
    assert "mål: 50" in html


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    assert bar_chart("Tomt", [], heading="År").svg.startswith("<svg")


def test_a_note_marks_its_bar_with_a_star_and_stands_in_the_table() -> None:
    drawn = bar_chart("Samarbeid", [Bar("2016", 24, note="første året"), Bar("2017", 30)], heading="År")
    assert ("2016*" in drawn.svg, drawn.notes) == (True, ("2016: første året",))
    assert drawn.table.rows == [["2016", 24, "første året"], ["2017", 30, ""]]


def test_bars_with_long_names_lie_below_each_other() -> None:
    bars = [Bar("Elvestad videregående skole", 10), Bar("Høgskolen", 4)]
    upright, across = (bar_chart("Samarbeid", bars, heading="Del", across=lying).svg for lying in (False, True))
    sizes = [tuple(map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])) for svg in (upright, across)]
    assert sizes[1][1] < sizes[0][1]
