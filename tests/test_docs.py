"""The documentation says what is so: settings, commands and links."""

import argparse
import ast
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve

from samtall.config import command_line

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samtall/**/*.md")] if path.is_file()
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def code_in(page: Path) -> str:
    """What a page shows as code, in blocks and between backticks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(), re.DOTALL))


def anchors_of(page: Path) -> set[str]:
    """The names that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    read = set(re.findall(r"\benv\.\w+\(\s*\"(\w+)\"", (ROOT / "samtall/config/settings.py").read_text()))
    explained = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert explained == read


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\((?!\w+:)([^)\s]+)\)", page.read_text()):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_that_are_shown_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = code_in(page)
    unknown = [f"make {name}" for name in re.findall(r"\bmake ([a-z][\w-]*)", code) if name not in targets]
    unknown += [f"samtall {words}" for words in commands_in(code) if not is_known(shlex.split(words, comments=True))]
    assert unknown == []


def commands_in(code: str) -> list[str]:
    """What follows `samtall` where a command is written, up to the end of the line or of the code."""
    found = re.findall(r"(?m)(?:^|`|\$ |bin/|as-samtall |sqlite3 )samtall ([a-z-][^`\n|\[…]*)", code)
    return [words.strip() for words in found]


def is_known(words: list[str]) -> bool:
    """Whether commands and options exist; what they are given may be left out, as in running text."""
    parser = command_line.parser()
    for word in words:
        inner = next((one for one in parser._actions if isinstance(one, argparse._SubParsersAction)), None)
        if word.startswith("--"):
            if word.split("=")[0] not in parser._option_string_actions:
                return False
        elif inner is not None and word in inner.choices:
            parser = inner.choices[word]
        elif inner is not None and word not in command_line.LANGUAGES:
            return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_in_blocks_can_be_given_as_they_stand(page: Path) -> None:
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL))
    refused = []
    for words in commands_in(blocks):
        try:
            command_line.parser().parse_args(shlex.split(words, comments=True))
        except SystemExit:
            refused.append(words)
    assert refused == []


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert not is_known(["paint"])
    assert not is_known(["figures", "--perod", "2017"])
    assert not is_known(["person", "paint"])
    assert is_known(["--language", "nn", "person", "erase", "17"])


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_addresses_that_are_shown_lead_to_pages(page: Path) -> None:
    missing = []
    for address in re.findall(r"`(/(?:[\w.-]+/)*)`", page.read_text()):
        try:
            resolve(address)
        except Resolver404:
            missing.append(address)
    assert missing == []


GUIDES = sorted(ROOT.glob("docs/guides/*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=[guide.name for guide in GUIDES])
def test_names_of_buttons_and_pages_in_guides_stand_on_screen(guide: Path) -> None:
    named = re.findall(r"«([^»]+)»", " ".join(guide.read_text().split()))
    assert [name for name in named if not stands_on_screen(name)] == []


def test_a_button_that_is_not_there_is_noticed() -> None:
    assert stands_on_screen("Lagre 3 aktiviteter")
    assert not stands_on_screen("Lagre tre ting")


def stands_on_screen(name: str) -> bool:
    """Whether the words are a whole text on screen, with something in its gaps; … stands for the rest of it."""
    patterns = texts_on_screen()
    if name.endswith("…"):
        return any(pattern.startswith(re.escape(name[:-1])) for pattern in patterns)
    with_gaps = [pattern for pattern in patterns if ".+" in pattern and len(re.findall("[a-zæøå]", pattern)) > 5]
    return re.escape(name) in patterns or any(re.fullmatch(pattern, name) for pattern in with_gaps)


@cache
def texts_on_screen() -> frozenset[str]:
    """Every bokmål text, in templates and code as translated and in declarations as written, gaps as `.+`."""
    texts = set()
    for catalogue in ROOT.glob("samtall/**/locale/nb/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file, locale="nb"):
                texts |= {message.string} if isinstance(message.string, str) else set(message.string or ())
    patterns = {re.sub(r"%\\\(\w+\\\)[sd]", ".+", re.escape(text)) for text in texts if text}
    for module in ROOT.glob("samtall/**/*.py"):
        if "Words(" in (source := module.read_text()):
            patterns |= {
                re.escape(node.value)
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return frozenset(patterns)


def test_make_shows_its_targets() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "fix", "e2e", "bench", "docs", "demo"):
        assert re.search(rf"^  make {target} +\w", shown, re.MULTILINE), target


def test_the_catalogue_of_kinds_and_figures_is_what_the_code_says() -> None:
    program = [sys.executable, "scripts/catalogue.py", "--check"]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "")


def test_every_decision_has_a_number_of_its_own_and_a_line_in_the_list() -> None:
    files = sorted(page.name for page in (ROOT / "docs/adr").glob("0*.md"))
    assert len({name[:4] for name in files}) == len(files)
    assert re.findall(r"^\| \[\d+\]\(([^)]+)\)", (ROOT / "docs/adr/README.md").read_text(), re.MULTILINE) == files
