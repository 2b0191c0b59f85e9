"""What the house must look like where imports cannot see it. Each check gives one line for each breach."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.db.models import Model
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc"}
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.~}-])/(?:home|root|Users|work)/\w")

#: Templates that Django and allauth look up by name.
LOOKED_UP = re.compile(r"^(?:\d{3}\.html|django/forms/.*|account/.*|mfa/.*|allauth/.*)$")

#: Shown when all else has failed, so that it can ask for nothing, not even a translation.
WITHOUT_ANYTHING = {"home/500.html"}

#: Words that are the same in every language.
NAMES = {"Samtall"}
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}


def floors(pyproject: Path = ROOT / "pyproject.toml") -> list[set[str]]:
    """The rooms on each floor, highest first, as the first import contract has them."""
    contract = tomllib.loads(pyproject.read_text())["tool"]["importlinter"]["contracts"][0]
    return [set(layer.replace(" ", "").split("|")) for layer in contract["layers"]]


def room_of(module: str) -> str:
    """The room of a module of ours, such as "activities" or "kinds.course"; "" for a package we use."""
    names = module.split(".")
    if names[0] != "samtall" or len(names) < 2:
        return ""
    return ".".join(names[1:3]) if names[1] == "kinds" and len(names) > 3 else names[1]


def climbs(source: str, target: str, order: list[set[str]]) -> bool:
    """Whether a reference from one room to another goes up or sideways; packages we use lie below all rooms."""

    def height(room: str) -> int:
        return next(floor for floor, rooms in enumerate(order) if room.split(".")[0] in rooms)

    return bool(target) and source != target and height(source) >= height(target)


def climbing_relations(models: Iterable[type[Model]]) -> Iterator[str]:
    """Relations of our models to models of another room that is not on a lower floor."""
    order = floors()
    for model in models:
        room = room_of(model.__module__)
        for field in model._meta.get_fields(include_parents=False) if room else ():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if isinstance(target, type) and climbs(room, room_of(target.__module__), order):
                yield f"{model._meta.label}.{field.name} climbs to {target._meta.label}"


def templates(package: Path) -> dict[str, Path]:
    """Template name → file."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in sorted(package.rglob("templates"))
        if "tests" not in folder.parts
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def reaching_templates(package: Path) -> Iterator[str]:
    """Templates that extend or include a template of another room; only `ui` is for all."""
    named = templates(package)
    for name, path in named.items():
        room = template_room(path, package)
        for other in re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", path.read_text()):
            if other not in named:
                yield f"{name}: there is no template {other}"
            elif template_room(named[other], package) not in {room, "ui"}:
                yield f"{name} reaches into another room: {other}"


def template_room(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package).as_posix().split("/templates/")[0].split("/"))


def unused_templates(package: Path) -> Iterator[str]:
    """Templates that no code and no other template names."""
    sources = [*package.rglob("*.py"), *templates(package).values()]
    texts = {path: path.read_text() for path in sources if "tests" not in path.parts}
    for name, own in templates(package).items():
        mentioned = any(f'"{name}' in text or f"'{name}" in text for path, text in texts.items() if path != own)
        if not mentioned and not LOOKED_UP.match(name):
            yield f"{own.relative_to(package).as_posix()} is used by nothing"


def untranslated_text(template: str) -> list[str]:
    """The words in a template that a reader would see in one language only."""
    shown = []
    block = ""
    for token in Lexer(template).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if block:
            block = "" if word == f"end{block}" else block
        elif word in {"blocktranslate", "blocktrans", "comment"}:
            block = word
        elif token.token_type == TokenType.TEXT:
            shown.append(token.contents)
        elif token.token_type == TokenType.VAR:
            shown.append("0")  # a place for what is filled in; a digit is no word
        else:
            shown.append(" ")
    reader = _Reader()
    reader.feed("".join(shown))
    reader.close()
    return reader.words


class _Reader(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code", "kbd"}
        for name, value in attributes:
            if name in SPOKEN_ATTRIBUTES:
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        said = " ".join(data.split())
        words = " ".join(word for word in said.split() if word.strip(".,:;!?") not in NAMES)
        if not self.silent and re.search(r"(?<![\w.])[^\W\d_]{2}", words):  # two letters, and not as in .xlsx
            self.words.append(said)


def untranslated_templates(package: Path) -> Iterator[str]:
    for name, path in templates(package).items():
        if path.suffix in {".html", ".txt"} and name not in WITHOUT_ANYTHING:
            yield from (f"{name}: not translated: {words!r}" for words in untranslated_text(path.read_text()))


def forbidden_names(files: Iterable[Path]) -> Iterator[str]:
    """Files and folders whose name says nothing of what is in them."""
    for path in files:
        for name in {*path.parts[:-1], path.stem} & FORBIDDEN_NAMES:
            yield f"{path.as_posix()}: {name!r} says nothing of what is in it"


def folders_of_somebodys_machine(files: Iterable[Path], root: Path = ROOT) -> Iterator[str]:
    """Lines that name a folder that only one machine has."""
    for path in files:
        try:
            lines = (root / path).read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(lines, start=1):
            if SOMEBODYS_FOLDER.search(line):
                yield f"{path.as_posix()}:{number} names a folder of somebody's machine: {line.strip()[:100]}"


def unexplained_dependencies(pyproject: str) -> Iterator[str]:
    """Lines of the dependency lists that do not say what the package is for."""
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", pyproject, re.MULTILINE | re.DOTALL)
    for line in "".join(lists).splitlines():
        if line.strip() and not re.search(r'",\s*# \w', line):
            yield f"pyproject.toml: say what it is for: {line.strip()}"
