"""The texts on screen and their translations.

    scripts/messages.py                   find the texts, update every room's django.po, compile them
    scripts/messages.py activities ui     the same for these rooms only
    scripts/messages.py --check           change nothing; name what is missing, doubtful or unused; exit 1 if any is
    scripts/messages.py --compile         only compile

A room's texts are kept in samtall/<room>/locale/{nb,nn}/LC_MESSAGES/django.po; a kind of activity is a room of its own.
The text in the code is English, so English has no file. A new text takes over the translation that another room has
given the same text. Files are sorted and carry neither dates nor line numbers, so that a change shows only itself.

A translation marked with the comment `#. third-party` is of a text in a package we use; it is kept though our code
does not mention it.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samtall"
LANGUAGES = ("nb", "nn")
THIRD_PARTY = "third-party"

#: Folders of a room whose files hold no texts for the screen.
NO_TEXTS = {"tests", "migrations", "static", "locale"}

#: The functions that mark a text, and which of their arguments are text, plural and context ("c").
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Key = tuple[str, str]
"""Context and text."""


def rooms() -> list[Path]:
    """The folders that keep translations of their own, lowest path first."""
    folders = [*PACKAGE.glob("*"), *PACKAGE.glob("kinds/*")]
    return sorted(folder for folder in folders if (folder / "__init__.py").exists() and folder.name not in NO_TEXTS)


def sources(room: Path) -> Iterator[Path]:
    """The files of a room that may hold texts."""
    inner_rooms = [other for other in rooms() if other != room and room in other.parents]
    for path in sorted(room.rglob("*")):
        parts = path.relative_to(room).parts
        if not NO_TEXTS.isdisjoint(parts) or any(other in path.parents for other in inner_rooms):
            continue
        if path.suffix == ".py" or ("templates" in parts and path.suffix in {".html", ".txt", ".svg"}):
            yield path


def texts_of(room: Path) -> Catalog:
    """Every text that a room's code and templates mark for translation, with the files it stands in."""
    found = new_catalog("nb")
    for path in sources(room):
        code = path.read_text()
        if path.suffix != ".py":
            # the brackets keep the tokenizer from reading a template's indentation as Python's
            code = f"(\n{templatize(code, origin=str(path))}\n)"
        for _, text, comments, context in extract(
            "python", io.BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            found.add(text, None, [(shown(path), 0)], auto_comments=comments, context=context)
    return found


def new_catalog(language: str) -> Catalog:
    return Catalog(locale=language, charset="utf-8", fuzzy=False)


def messages_of(catalog: Catalog) -> list[Message]:
    """A catalogue's texts without its header."""
    return [message for message in catalog if message.id]


def file_of(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The translations in a file; none when there is no file."""
    if not path.exists():
        return new_catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def key(message: Message) -> Key:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and all(strings)


def is_third_party(message: Message) -> bool:
    return THIRD_PARTY in message.auto_comments


def updated(found: Catalog, kept: Catalog, elsewhere: dict[Key, Message], language: str) -> Catalog:
    """The texts found, each with the translation it had, or else the one another room has given it."""
    catalog = new_catalog(language)
    earlier = {key(message): message for message in messages_of(kept)}
    for text in messages_of(found):
        known = earlier.get(key(text))
        if known is None or (not is_translated(known) and not known.fuzzy):
            known = elsewhere.get(key(text), known)
        fits = known is not None and is_translated(known) and isinstance(known.id, str) == isinstance(text.id, str)
        flags = {"fuzzy"} if known is not None and known.fuzzy else set()
        catalog.add(
            text.id,
            known.string if known is not None and fits else None,
            sorted(set(text.locations)),
            flags=text.flags | flags,
            auto_comments=text.auto_comments,
            user_comments=known.user_comments if known is not None else (),
            context=text.context,
        )
    for message in messages_of(kept):
        if is_third_party(message) and catalog.get(message.id, message.context) is None:
            catalog[message.id] = message
    return catalog


def as_text(catalog: Catalog, language: str) -> str:
    """The file that a catalogue is kept in."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.format(language=language) + buffer.getvalue().decode().strip() + "\n"


def update(chosen: Iterable[Path]) -> None:
    """Bring the translation files of the rooms in step with their code."""
    for language in LANGUAGES:
        elsewhere = {
            key(message): message
            for room in rooms()
            for message in messages_of(read(file_of(room, language), language))
            if is_translated(message) and not message.fuzzy
        }
        for room in chosen:
            path = file_of(room, language)
            catalog = updated(texts_of(room), read(path, language), elsewhere, language)
            if messages_of(catalog):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_if_changed(path, as_text(catalog, language).encode())
            elif path.exists():
                path.unlink()
                path.with_suffix(".mo").unlink(missing_ok=True)


def compile_all() -> None:
    """Write each django.mo that is missing or differs from its django.po."""
    for room in rooms():
        for language in LANGUAGES:
            path = file_of(room, language)
            if path.exists():
                buffer = io.BytesIO()
                write_mo(buffer, read(path, language))
                write_if_changed(path.with_suffix(".mo"), buffer.getvalue())


def write_if_changed(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def problems(chosen: Iterable[Path] | None = None) -> list[str]:
    """What is wrong with the translations of the rooms (all when none are named), one line each: file and text."""
    return [*problems_of(rooms() if chosen is None else chosen), *contradictions()]


def problems_of(chosen: Iterable[Path]) -> Iterator[str]:
    for room in chosen:
        found = {key(text): text for text in messages_of(texts_of(room))}
        for language in LANGUAGES:
            path = file_of(room, language)
            kept = {key(message): message for message in messages_of(read(path, language))}
            for name, text in found.items():
                message = kept.get(name)
                if message is None or not is_translated(message):
                    places = ", ".join(sorted({place for place, _ in text.locations}))
                    yield f"{shown(path)}: missing: {name[1]!r} (in {places})"
                elif message.fuzzy:
                    yield f"{shown(path)}: fuzzy: {name[1]!r}"
                elif not same_placeholders(message):
                    yield f"{shown(path)}: placeholders differ: {name[1]!r}"
            for name, message in kept.items():
                if name not in found and not is_third_party(message):
                    yield f"{shown(path)}: unused: {name[1]!r}"


def contradictions() -> Iterator[str]:
    """Texts that two rooms translate differently: only one of the two would be seen, everywhere."""
    for language in LANGUAGES:
        first: dict[Key, tuple[Path, Message]] = {}
        for room in rooms():
            path = file_of(room, language)
            for message in messages_of(read(path, language)):
                other, known = first.setdefault(key(message), (path, message))
                if is_translated(message) and is_translated(known) and known.string != message.string:
                    where = f"translated otherwise in {shown(other)} (agree, or give one of them a context)"
                    yield f"{shown(path)}: {where}: {key(message)[1]!r}"


def same_placeholders(message: Message) -> bool:
    """Whether a translation fills in the same `%(name)s` and `{name}` as its text; plural forms may leave some out."""
    there, here = (set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", str(text))) for text in (message.id, message.string))
    return here <= there if isinstance(message.id, (tuple, list)) else here == there


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def main() -> int:
    parser = argparse.ArgumentParser(description="Find, check and compile the translations of the texts on screen.")
    parser.add_argument("rooms", nargs="*", help="such as activities or kinds/course; all when none is named")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when something is wrong")
    parser.add_argument("--compile", action="store_true", help="only compile")
    asked = parser.parse_args()

    chosen = [PACKAGE / name for name in asked.rooms] or rooms()
    for unknown in set(chosen) - set(rooms()):
        parser.error(f"no room is named {unknown.relative_to(PACKAGE)}")
    if not asked.check and not asked.compile:
        update(chosen)
    if not asked.check:
        compile_all()
    if asked.compile:
        return 0
    found = problems(chosen)
    print("\n".join(found) or "Every text has its translations.")
    return 1 if found and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
