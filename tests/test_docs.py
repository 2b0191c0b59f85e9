"""The documentation says what is so: settings, commands and links."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

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
    commands = command_names()
    code = code_in(page)
    unknown = [f"make {name}" for name in re.findall(r"\bmake ([a-z][\w-]*)", code) if name not in targets]
    unknown += [
        f"samtall {name}"
        for name in re.findall(r"(?m)(?:^|`|\$ |/)samtall ([a-z][\w-]*)", code)
        if name not in commands
    ]
    assert unknown == []


def command_names() -> set[str]:
    """The names of the commands of `samtall`, as its help gives them."""
    return set(re.findall(r"^    ([a-z][\w-]*)", command_line.parser().format_help(), re.MULTILINE))


def test_make_shows_its_targets() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "fix", "e2e", "bench", "docs", "demo"):
        assert re.search(rf"^  make {target} +\w", shown, re.MULTILINE), target


def test_the_catalogue_of_kinds_and_figures_is_what_the_code_says() -> None:
    program = [sys.executable, "scripts/catalogue.py", "--check"]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "")
