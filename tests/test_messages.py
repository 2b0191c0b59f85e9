"""The texts on screen: found, translated, and the same everywhere."""

from pathlib import Path

import pytest

from scripts import messages


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with two rooms: one speaks in code, the other in a template."""
    for name, files in {
        "desk": {"views.py": 'from x import _\n\nTITLE = _("Good morning")\n'},
        "hall": {
            "views.py": 'from x import ngettext\n\nngettext("%(n)s guest", "%(n)s guests", 2)\n',
            "templates/hall/hall.html": (
                '{% load i18n %}<h1>{% translate "Good morning" %}</h1>\n'
                "    <p>{% blocktranslate trimmed with who=user %}\n  Hello,\n {{ who }}'s friend\n"
                '  {% endblocktranslate %}</p>\n {% include "a.html" with label=_("It\'s open") only %}'
            ),
            "tests/test_hall.py": '_("never seen")',
        },
    }.items():
        for file, text in {"__init__.py": "", **files}.items():
            path = tmp_path / "samtall" / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "samtall")
    return tmp_path / "samtall"


def rooms_of(package: Path) -> list[Path]:
    return [package / "desk", package / "hall"]


def translate(path: Path, text: str, translation: str) -> None:
    content = path.read_text()
    assert f'msgid "{text}"\nmsgstr ""' in content
    path.write_text(content.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"'))


def test_no_text_lacks_a_translation() -> None:
    problems = "\n".join(messages.problems())
    assert not problems, f"\n{problems}"


def test_texts_are_found_in_code_and_in_templates(package: Path) -> None:
    found = [messages.key(text)[1] for text in messages.messages_of(messages.texts_of(package / "hall"))]
    assert sorted(found) == ["%(n)s guest", "Good morning", "Hello, %(who)s's friend", "It's open"]


def test_a_missing_translation_is_named_with_its_file(package: Path) -> None:
    messages.update(rooms_of(package))
    assert messages.problems([package / "desk"]) == [
        "samtall/desk/locale/nb/LC_MESSAGES/django.po: missing: 'Good morning' (in samtall/desk/views.py)",
        "samtall/desk/locale/nn/LC_MESSAGES/django.po: missing: 'Good morning' (in samtall/desk/views.py)",
    ]


def test_a_translation_is_kept_and_lent_to_other_rooms(package: Path) -> None:
    messages.update([package / "desk"])
    translate(messages.file_of(package / "desk", "nb"), "Good morning", "God morgen")
    messages.update(rooms_of(package))
    for room in rooms_of(package):
        assert 'msgid "Good morning"\nmsgstr "God morgen"' in messages.file_of(room, "nb").read_text()


def test_a_text_that_is_gone_is_unused_and_dropped(package: Path) -> None:
    messages.update([package / "desk"])
    (package / "desk" / "views.py").write_text("")
    path = messages.file_of(package / "desk", "nb")
    assert messages.problems([package / "desk"])[0] == f"{messages.shown(path)}: unused: 'Good morning'"
    messages.update([package / "desk"])
    assert not path.exists()


def test_a_text_of_a_third_party_is_kept(package: Path) -> None:
    messages.update([package / "desk"])
    path = messages.file_of(package / "desk", "nb")
    translate(path, "Good morning", "God morgen")
    path.write_text(path.read_text() + '\n#. third-party\nmsgid "Sign In"\nmsgstr "Logg inn"\n')
    assert not [line for line in messages.problems([package / "desk"]) if "/nb/" in line]
    messages.update([package / "desk"])
    assert '#. third-party\nmsgid "Sign In"\nmsgstr "Logg inn"' in path.read_text()


def test_a_doubtful_translation_is_reported(package: Path) -> None:
    messages.update([package / "desk"])
    path = messages.file_of(package / "desk", "nb")
    translate(path, "Good morning", "God morgen")
    path.write_text(path.read_text().replace("#: samtall", "#, fuzzy\n#: samtall"))
    assert messages.problems([package / "desk"])[0] == f"{messages.shown(path)}: fuzzy: 'Good morning'"


def test_a_translation_that_fills_in_something_else_is_reported(package: Path) -> None:
    messages.update([package / "hall"])
    path = messages.file_of(package / "hall", "nb")
    translate(path, "Hello, %(who)s's friend", "Hei, venn av %(hvem)s")
    expected = f'{messages.shown(path)}: placeholders differ: "Hello, %(who)s\'s friend"'
    assert expected in messages.problems([package / "hall"])


def test_two_rooms_that_translate_one_text_differently_are_reported(package: Path) -> None:
    messages.update(rooms_of(package))
    translate(messages.file_of(package / "desk", "nb"), "Good morning", "God morgen")
    translate(messages.file_of(package / "hall", "nb"), "Good morning", "Morn")
    assert messages.problems([])[0].startswith("samtall/hall/locale/nb/LC_MESSAGES/django.po: translated otherwise in")


def test_updating_twice_changes_nothing_and_keeps_no_line_numbers(package: Path) -> None:
    messages.update(rooms_of(package))
    path = messages.file_of(package / "hall", "nn")
    first = path.read_text()
    (package / "hall" / "views.py").write_text("\n\n\n" + (package / "hall" / "views.py").read_text())
    messages.update(rooms_of(package))
    assert path.read_text() == first
    assert "views.py:" not in first
