"""An edition on paper: the same bytes for ever, all of it in its order, and tagged for screen readers (PDF/UA-1)."""

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtall.base.text import LANGUAGES, Words
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Edition
from samtall.publications.printing import as_pdf
from samtall.publications.published import Published
from samtall.publications.tests.papers import (
    WITHHELD,
    Tags,
    answer,
    below,
    document,
    figure,
    in_all,
    scope_of,
    shown,
    text_of,
)
from samtall.ui.typesetting import STAND_IN

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)


def heading(text: str, level: int = 2) -> dict[str, Any]:
    return {"sort": "heading", "level": level, "text": in_all(text)}


def text(words: dict[str, str]) -> dict[str, Any]:
    return {"sort": "text", "text": words}


@pytest.fixture
def edition(programme: Programme) -> Edition:
    """A whole programme's page, with goals, targets and figures of the golden example."""
    edition = operations.begin(
        programme,
        "midt-telemark",
        sort="page",
        title=Words("Midt-Telemark i tall", "Midt-Telemark i tal", "Midt-Telemark in figures"),
        starts=programme.starts,
        ends=programme.ends,
        by="user:1",
        at=AT,
    )
    return operations.propose(edition, by="user:1", at=AT)


@pytest.mark.parametrize(
    ("language", "country", "title", "words"),
    [
        ("nb", "nb-NO", "Midt-Telemark i tall", ("Innhold", "Frosset", "Mål og resultater", "Slik er tallene talt")),
        ("nn", "nn-NO", "Midt-Telemark i tal", ("Innhald", "Frosen", "Mål og resultat", "Slik er tala talde")),
        ("en", "en-GB", "Midt-Telemark in figures", ("Contents", "Frozen", "How the figures are counted")),
    ],
)
def test_an_edition_speaks_the_language_that_is_asked_for_and_is_the_same_every_time(
    edition: Edition, language: str, country: str, title: str, words: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    published = Published.of(edition.frozen)
    with django_assert_num_queries(0), translation.override("en" if language == "nb" else "nb"):
        pdf = as_pdf(published, language=language, checkpoint="samtall.example\n7\nAAAA=\n")
    assert pdf == as_pdf(Published.of(edition.frozen), language=language, checkpoint="samtall.example\n7\nAAAA=\n")
    tags = Tags(pdf)
    assert str(tags.pdf.Root.Lang) == country
    with tags.pdf.open_metadata() as said:
        assert (said["dc:title"], said["pdfuaid:part"]) == (title, "1")
    printed = text_of(pdf)
    for one in (*words, edition.checksum, "/publikasjoner/midt-telemark/1/", "samtall.example 7 AAAA="):
        assert one in printed


def test_a_screen_reader_meets_one_title_and_headings_without_holes_in_the_order_of_the_blocks(
    edition: Edition,
) -> None:
    published = Published.of(edition.frozen)
    headings = Tags(as_pdf(published, language="nb")).headings
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    names = [str(name) for name in (one.name for one in published.figures.values())]
    figures = [str(block.figure.name) for block in published.blocks if block.figure]
    met = [name for _, name in headings if name in names]
    assert met == [*figures, *names]  # each where it stands, and each in the appendix
    goals = next(block.goals for block in published.blocks if block.sort == "targets")
    assert [name for _, name in headings].index(str(goals[0].text)) < [name for _, name in headings].index(figures[0])


def test_every_table_has_headings_and_every_drawing_its_numbers_in_words() -> None:
    one = figure(
        "nettverk",
        series=[answer("1234.5"), answer("-3", pending="2"), WITHHELD],
        parts=[(in_all("Bø"), answer("2")), (in_all("Nome"), WITHHELD)],
    )
    tags = Tags(as_pdf(document([shown(one)], [one]), language="nb"))
    tables = tags.named("Table")
    assert [[scope_of(cell) for cell in below(table, "TH")] for table in tables] == [["Column"] * 4, ["Column"] * 3]
    assert [str(one.Alt) for one in tags.named("Figure")] == [
        "nettverk. 2001*: 1\u00a0234,5 (Venter på godkjenning: 0); 2002: −3 (Venter på godkjenning: 2); "
        "2003: skjult (Venter på godkjenning: 0)"
    ]


def test_what_lacks_the_papers_language_is_marked_with_its_own() -> None:
    blocks = [text({"nb": "Bare på bokmål"}), text(in_all("Everywhere")), heading("Chapter")]
    english, norwegian = (Tags(as_pdf(document(blocks), language=language)) for language in ("en", "nb"))
    assert {str(one.Lang) for one in english.all if "/Lang" in one} == {"nb-NO"}
    assert [one for one in norwegian.all if "/Lang" in one] == []


def test_numbers_and_days_are_written_as_elsewhere() -> None:
    one = figure("netto", whole=answer("-12345.5", pending="1"), series=[answer("-1.5"), answer("0")])
    printed = text_of(as_pdf(document([shown(one)], [one]), language="nb"))
    for said in ("−12 345,5", "01.01.2001–31.12.2020", "1. februar 2018 kl. 11.00", "side 2 av"):
        assert said in printed
    assert "full-time equivalents" in text_of(as_pdf(document([shown(one)], [one]), language="en"))


def test_who_writes_cannot_write_typst() -> None:
    written = '#panic("x") *stjerner* = ikke overskrift $x$ \\ "hermetegn" <merke> @sitat // resten'
    assert written in text_of(as_pdf(document([text({"nb": written})]), language="nb"))


def test_a_chapter_with_nothing_in_it_says_so_and_a_heading_alone_is_no_hole() -> None:
    blocks = [heading("Underkapittel", 3), heading("Et til", 3), text(in_all("Noe")), heading("Økonomi"), text({})]
    pdf = as_pdf(document(blocks), language="nb")
    assert [one for one in Tags(pdf).headings if one[0] > 1][1:4] == [
        (2, "Underkapittel"),
        (2, "Et til"),
        (2, "Økonomi"),
    ]
    assert text_of(pdf).count("Her er det ikke skrevet noe.") == 2


MANY = [figure(f"tall-{place}", series=[answer(str(place))] * 20) for place in range(60)]
DIVIDED = figure("delt", parts=[(in_all(f"Kommune {place}"), answer("1")) for place in range(30)])
LONG = "Kompetansearbeidsplass" * 12


@pytest.mark.parametrize(
    ("published", "said"),
    [
        pytest.param(document([shown(one) for one in MANY[:3]], MANY[:3]), "tall-2", id="twenty periods"),
        pytest.param(document([shown(DIVIDED)], [DIVIDED]), "Kommune 29", id="a division over pages"),
        pytest.param(document([heading(LONG), text(in_all(LONG))], title=in_all(LONG)), LONG[:20], id="long words"),
        pytest.param(document([]), "Rapport", id="nothing"),
        pytest.param(document([text({})], title={}), "rapport", id="empty texts"),
        pytest.param(
            document([text(in_all("Bra 😀👨‍👩‍👧 jobbet 漢字"))]), f"Bra {STAND_IN}", id="signs that are lacking"
        ),
        pytest.param(document([text(in_all("שלום og مرحبا og čđŋ"))]), "čđŋ", id="other scripts"),
        pytest.param(document([text(in_all("en\x07to\tre\r\nfire"))]), "ento re fire", id="signs without a look"),
    ],
)
def test_whatever_was_published_can_be_printed(published: Published, said: str) -> None:
    pdf = as_pdf(published, language="nb")
    assert said in text_of(pdf).replace("\u200b", "")


@pytest.mark.slow
def test_sixty_figures_are_printed_with_a_heading_for_each_and_their_tables() -> None:
    tags = Tags(as_pdf(document([shown(one) for one in MANY], MANY), language="nb"))
    assert (len(tags.named("Figure")), len(tags.named("Table"))) == (60, 60)
    assert len([one for one in tags.headings if one[1].startswith("tall-")]) == 120


# Whatever anybody could have frozen

SAID = st.text(max_size=60) | st.sampled_from(["", LONG, "#let x = 1", "😀", "שלום", "<b>", "\\u{1}", "a" * 400])
WORDS = st.fixed_dictionaries({}, optional=dict.fromkeys(LANGUAGES, SAID))
NUMBER = st.decimals(-(10**9), 10**9, places=1).map(lambda value: f"{value:f}") | st.integers(-9, 10**6).map(str)
ANSWER = st.just(WITHHELD) | st.builds(answer, NUMBER, st.integers(0, 50).map(str))
FIGURE = st.builds(
    figure,
    st.text("abc-", min_size=1, max_size=6),
    WORDS,
    whole=ANSWER,
    series=st.lists(ANSWER, min_size=1, max_size=40),
    parts=st.none() | st.lists(st.tuples(WORDS, ANSWER), max_size=30),
)
GOAL = st.fixed_dictionaries({"serves": st.just(""), "slug": st.just("goal"), "sort": st.just("effect"), "text": WORDS})
TARGET = st.fixed_dictionaries(
    {
        "goal": st.sampled_from(["", "goal"]),
        "text": WORDS,
        "figure": st.just(""),
        "beside": st.just(""),
        "actual": st.just("") | NUMBER,
        "since": st.just("2014-01-01"),
        "deadline": st.just("2018-12-31"),
        "status_words": WORDS,
        "explanation": WORDS,
        "reported": WORDS,
        "reported_on": SAID,
        "milestones": st.lists(
            st.fixed_dictionaries(
                {"text": WORDS, "due": st.just("2015-01-01"), "done_on": st.sampled_from(["", "2016-01-01"])}
            ),
            max_size=12,
        ),
        "rounds": st.lists(
            st.fixed_dictionaries({"name": WORDS, "rate": WORDS, "value": WORDS, "interval": WORDS}), max_size=3
        ),
        "controls": st.lists(
            st.fixed_dictionaries(
                {
                    "text": WORDS,
                    "value": NUMBER,
                    "dated": st.just("2013-11-15"),
                    "source": SAID,
                    "published": st.sampled_from(["", "2014-06-15"]),
                }
            ),
            max_size=12,
        ),
    }
)
BLOCK = st.one_of(
    st.fixed_dictionaries({"sort": st.just("heading"), "level": st.sampled_from([2, 3]), "text": WORDS}),
    st.fixed_dictionaries({"sort": st.just("text"), "text": WORDS}),
    st.fixed_dictionaries({"sort": st.just("link"), "text": WORDS, "url": st.just("https://eksempel.no/?a=1&b=æ")}),
    st.fixed_dictionaries(
        {"sort": st.just("targets"), "goals": st.lists(GOAL, max_size=1), "targets": st.lists(TARGET, max_size=3)}
    ),
    st.fixed_dictionaries(
        {
            "sort": st.just("part"),
            "part": st.sampled_from(["lead", "advice", "example", "continues"]),
            "heading": WORDS,
            "paragraphs": st.lists(WORDS, max_size=4),
        }
    ),
    st.fixed_dictionaries(
        {
            "sort": st.just("part"),
            "part": st.just("facts"),
            "facts": st.lists(st.fixed_dictionaries({"label": WORDS, "text": WORDS}), max_size=12),
        }
    ),
)


def test_a_figure_of_as_many_years_as_an_edition_can_have_is_drawn_with_some_of_them_named() -> None:
    long = figure(series=[answer(str(year)) for year in range(50)])
    tags = Tags(as_pdf(document([shown(long)], [long], in_all("Lenge")), language="nb"))
    (drawing,) = tags.named("Figure")
    assert "2050" in str(drawing.get("/Alt"))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(
    st.lists(BLOCK, max_size=6),
    st.lists(FIGURE, max_size=3, unique_by=lambda one: one["key"]),
    WORDS,
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_frozen_is_printed_with_sound_tags(
    blocks: list[dict[str, Any]], figures: list[dict[str, Any]], title: dict[str, str], language: str
) -> None:
    published = document([*blocks, *(shown(one) for one in figures)], figures, title)
    tags = Tags(as_pdf(published, language=language))
    levels = [level for level, _ in tags.headings]
    assert levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    assert [table for table in tags.named("Table") if not below(table, "TH")] == []
    assert [one for one in tags.named("Figure") if not str(one.get("/Alt", ""))] == []
