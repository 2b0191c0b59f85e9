"""The house is as it was planned, where import-linter cannot see it; and these checks do see what is wrong."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests import house

PACKAGE = house.ROOT / "samtall"


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file of the repository, and those about to become one."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=house.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [Path(name) for name in listed.stdout.splitlines()]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package whose templates do what they should not."""
    for name, text in {
        "ui/templates/ui/base.html": "<main></main>",
        "hall/templates/hall/hall.html": '{% extends "ui/base.html" %}{% include "desk/part.html" with a=1 only %}',
        "desk/templates/desk/part.html": "{% include 'desk/gone.html' %}",
        "desk/templates/desk/left.html": "<p>Left over</p>",
        "desk/templates/404.html": "",
        "hall/views.py": 'render(request, "hall/hall.html")',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def expect_none(breaches: Iterable[str]) -> None:
    found = "\n".join(breaches)
    assert not found, f"\n{found}"


def test_no_relation_between_models_climbs_a_floor() -> None:
    expect_none(house.climbing_relations(apps.get_models()))


def test_no_template_reaches_into_another_room() -> None:
    expect_none(house.reaching_templates(PACKAGE))


def test_every_template_is_used() -> None:
    expect_none(house.unused_templates(PACKAGE))


def test_every_text_in_templates_is_translated() -> None:
    expect_none(house.untranslated_templates(PACKAGE))


def test_names_say_what_is_in_a_file(files: list[Path]) -> None:
    expect_none(house.forbidden_names(files))


def test_no_file_names_a_folder_of_somebodys_machine(files: list[Path]) -> None:
    expect_none(house.folders_of_somebodys_machine(files))


def test_every_dependency_says_what_it_is_for() -> None:
    expect_none(house.unexplained_dependencies((house.ROOT / "pyproject.toml").read_text()))


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set().union(*house.floors())


@isolate_apps("samtall.parties", "samtall.activities")
def test_a_relation_that_climbs_is_seen() -> None:
    def model(name: str, room: str, **fields: models.Field) -> type[models.Model]:  # type: ignore[type-arg]
        return type(name, (models.Model,), {"__module__": f"samtall.{room}.models", **fields})

    upper = model("Upper", "activities")
    below = model("Below", "parties", upper=models.ForeignKey(upper, models.CASCADE))
    above = model("Above", "activities", below=models.ForeignKey(below, models.CASCADE))
    assert list(house.climbing_relations([upper, below, above])) == ["parties.Below.upper climbs to activities.Upper"]


@pytest.mark.parametrize(
    ("source", "target", "climbing"),
    [
        ("activities", "parties", False),
        ("parties", "activities", True),
        ("figures", "imports", True),
        ("kinds.course", "kinds.course", False),
        ("kinds.course", "kinds.network", True),
        ("accounts", "", False),
    ],
)
def test_going_down_is_the_only_way(source: str, target: str, climbing: bool) -> None:
    assert house.climbs(source, target, house.floors()) is climbing


def test_templates_that_reach_or_miss_are_seen(package: Path) -> None:
    assert list(house.reaching_templates(package)) == [
        "desk/part.html: there is no template desk/gone.html",
        "hall/hall.html reaches into another room: desk/part.html",
    ]


def test_templates_that_nothing_uses_are_seen(package: Path) -> None:
    assert list(house.unused_templates(package)) == ["desk/templates/desk/left.html is used by nothing"]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<img alt="A view">', ["A view"]),
        ('<input aria-label="Search {{ what }}">', ["Search 0"]),
        ("{% if a %}Yes{% endif %}", ["Yes"]),
        ("<p>{% translate 'Hello' %} – {{ name }}, 5 %, © Samtall</p>", []),
        ('{% blocktranslate trimmed %}Hello <b title="You">you</b>{% endblocktranslate %}', []),
        ("{# a note #}{% comment %}a note{% endcomment %}<!-- a note -->", []),
        ("<a>{{ kind }} (.xlsx)</a>", []),
        ('<p class="lead" id="intro" data-color="neutral">&nbsp;<code>make run</code></p>', []),
    ],
)
def test_text_that_is_not_translated_is_seen(template: str, words: list[str]) -> None:
    assert house.untranslated_text(template) == words


def test_names_that_say_nothing_are_seen() -> None:
    named = [Path("samtall/utils/dates.py"), Path("samtall/figures/helpers.py"), Path("samtall/figures/queries.py")]
    assert list(house.forbidden_names(named)) == [
        "samtall/utils/dates.py: 'utils' says nothing of what is in it",
        "samtall/figures/helpers.py: 'helpers' says nothing of what is in it",
    ]


def test_folders_of_somebodys_machine_are_seen(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("/" + "home/kari/samtall\nhttps://samtall.example/home/page\n$HOME/data ~/work/a\n")
    found = list(house.folders_of_somebodys_machine([Path("a.md"), Path("gone.md")], tmp_path))
    assert [line.split(" ")[0] for line in found] == ["a.md:1"]


def test_dependencies_without_a_reason_are_seen() -> None:
    pyproject = 'dependencies = [\n    "django>=5",  # the framework\n    "left-pad>=1",\n]\n'
    assert list(house.unexplained_dependencies(pyproject)) == ['pyproject.toml: say what it is for: "left-pad>=1",']
