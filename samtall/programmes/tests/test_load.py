"""Loading a programme from its file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from samtall.base.declarations import UnreadableDeclaration
from samtall.base.text import LANGUAGES, Words
from samtall.config.command_line import main
from samtall.figures import operations as figures
from samtall.figures import queries
from samtall.figures.definitions import Definition
from samtall.places.queries import codes_of
from samtall.programmes import operations
from samtall.programmes.files import MIDT_TELEMARK, read
from samtall.programmes.models import Paragraph, Programme, Target

AT = datetime(2014, 1, 2, 8, tzinfo=UTC)
BY = "system:test"


@pytest.fixture
def programme(db: None) -> Programme:
    return operations.load(MIDT_TELEMARK, by=BY, at=AT)


def test_midt_telemark_has_its_four_result_targets(programme: Programme) -> None:
    targets = [
        (target.value, *(one and one.figure.slug for one in (target.figure, target.beside)))
        for target in programme.targets.all()
    ]
    assert targets == [
        (150_000, "competence-jobs-net-midt-telemark", "competence-jobs-gross-midt-telemark"),
        (20_000, "networks", "network-businesses"),
        (50_000, "businesses-on-courses", "people-on-courses"),
        (None, "student-collaborations", "organisations-in-collaborations"),
    ]


def test_what_the_page_of_the_region_tells_has_its_place(programme: Programme) -> None:
    told = {part: programme.paragraphs.filter(part=part).count() for part in Paragraph.Part}
    assert told == {
        "other_result": 4,
        "advice": 3,
        "continues": 5,
        "application": 3,
        "example": 1,
    }
    assert [(goal.sort, goal.serves and goal.serves.slug) for goal in programme.goals.all()] == [
        ("project", None),
        ("project", None),
        *[("effect", "deling")] * 3,
        *[("effect", "hogskolesenteret")] * 2,
    ]
    assert [phase.starts.year for phase in programme.phases.order_by("starts")] == [2014, 2015]
    assert [fact["text"]["en"] for fact in programme.facts[:3]] == [
        "Bø, Nome and Sauherad",
        "16\u00a0953 (1 January 2015)",
        "933 km²",
    ]


def test_what_was_reported_then_is_kept_as_text(programme: Programme) -> None:
    assert [target.reported["nb"].split(".")[0] for target in programme.targets.all()] == [
        "47 nye kompetansearbeidsplasser mellom 2014 og 2017",
        "Minst 20 bedrifter inngår i nettverk om studentarbeid med HSN",
        "Over 50 bedrifter har deltatt på kurs og kompetansehevingstiltak i regi av HSN og videregående skoler",
        "HSN er i gang med å lage systemer som skal fange opp eksakte tall på samarbeid mellom bedrifter og studenter",
    ]


def test_every_text_is_in_three_languages(programme: Programme) -> None:
    texts = [programme.name, programme.lead]
    texts += [paragraph.text for paragraph in programme.paragraphs.all()]
    texts += [text for target in programme.targets.all() for text in (target.text, target.reported)]
    texts += [text for fact in programme.facts for text in fact.values()]
    assert [text for text in texts if sorted(text) != sorted(LANGUAGES) or not all(text.values())] == []


def test_jobs_are_counted_at_work_sites_in_the_region_only(programme: Programme) -> None:
    """R11: what lies outside the region is not the region's."""
    version = programme.targets.get(slug="kunnskapsarbeidsplasser").figure
    assert version
    base = queries.definition_of(queries.current_version("competence-jobs-net"))
    definition = queries.definition_of(version)
    assert set(definition.municipalities) == codes_of("midt-telemark")
    assert (definition.unit, definition.rule, definition.roles) == (base.unit, base.rule, base.roles)


def test_the_same_file_twice_changes_nothing(programme: Programme) -> None:
    before = list(Target.objects.values()), list(Programme.objects.values())
    operations.load(MIDT_TELEMARK, by=BY, at=AT)
    assert (list(Target.objects.values()), list(Programme.objects.values())) == before
    assert Paragraph.objects.count() == 16


def test_a_target_stays_with_the_version_that_it_was_set_with(programme: Programme) -> None:
    """R18"""
    old = queries.current_version("networks")
    figures.define(
        "networks",
        name=Words.from_dict(old.name),
        definition=Definition.from_dict(old.definition | {"kinds": ["network"]}),
        by=BY,
        at=AT,
    )
    operations.load(MIDT_TELEMARK, by=BY, at=AT)
    target = programme.targets.get(slug="nettverk")
    assert target.figure
    assert (target.figure.number, queries.current_version("networks").number) == (1, 2)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ('slug = "midt-telemark"\n', "slug"),
        ("deadline = 2018-12-31\n", "deadline"),
        ('en = "Lift your gaze together!"\n', "en"),
    ],
)
def test_what_is_missing_in_a_file_is_named(tmp_path: Path, change: str, named: str) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(MIDT_TELEMARK.read_text(encoding="utf-8").replace(change, "", 1), encoding="utf-8")
    with pytest.raises(UnreadableDeclaration, match=f"{named}.*programme.toml"):
        read(file)


def test_a_figure_that_does_not_exist_is_named(db: None, tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    text = MIDT_TELEMARK.read_text(encoding="utf-8").replace('figure = "networks"', 'figure = "nettworks"')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableDeclaration, match="nettworks"):
        operations.load(file, by=BY, at=AT)
    assert Programme.objects.count() == 0


def test_a_programme_is_loaded_in_the_terminal(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "programme", "load", str(MIDT_TELEMARK)]) == 0
    assert "/program/midt-telemark/" in capsys.readouterr().out
    assert main(["programme", "load", str(tmp_path / "absent.toml")]) == 1
    broken = tmp_path / "broken.toml"
    broken.write_text("slug = ", encoding="utf-8")
    assert main(["programme", "load", str(broken)]) == 1
