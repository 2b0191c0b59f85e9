"""Write docs/catalogue.md, the catalogue of kinds and figures, from their declarations.

python scripts/catalogue.py            write it
python scripts/catalogue.py --check    exit 1 when it is not what the code says
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "docs" / "catalogue.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        text = "\n".join(lines())
    if check:
        if CATALOGUE.exists() and CATALOGUE.read_text() == text:
            return 0
        print("docs/catalogue.md is not what the code says. Run: make docs")
        return 1
    CATALOGUE.write_text(text)
    return 0


def lines() -> Iterator[str]:
    yield "# Catalogue of kinds and figures"
    yield ""
    yield "Made from the declarations in the code by `make docs`. The rules (R1–R24) are in [counting.md](counting.md)."
    yield from _kinds()
    yield from _figures()
    yield ""


def _kinds() -> Iterator[str]:
    from samtall.activities import registry
    from samtall.ledger.vocabulary import words_for

    yield ""
    yield "## Kinds of activity"
    for kind in registry.kinds():
        yield ""
        yield f"### {kind.words.en} (`{kind.code}`)"
        yield f"Bokmål: {kind.words.nb}. Nynorsk: {kind.words.nn}. Family: {words_for('family', kind.family).en}."
        yield ""
        yield kind.description.en
        yield ""
        yield "| role | who | side | recorded with it |"
        yield "|---|---|---|---|"
        for role in kind.roles:
            required = ", required" if role.required else ""
            unit = words_for("unit", role.quantity_unit).en if role.quantity_unit else "–"
            yield f"| {role.words.en} (`{role.code}`{required}) | {role.party} | {role.side or '–'} | {unit} |"
        evidence = ", ".join(words_for("evidence", code).en.lower() for code in kind.evidence)
        yield ""
        yield f"Evidence, any one of: {evidence}."
        for field in kind.fields:
            choices = f" ({', '.join(words.en for _code, words in field.choices)})" if field.choices else ""
            yield f"- {field.words.en}: {field.type}{choices}{', required' if field.required else ''}"
        for name, value in kind.parameters.items():
            yield f"- Parameter `{name}`: {value}"


def _figures() -> Iterator[str]:
    from samtall.figures.catalogue import STANDARD
    from samtall.figures.sentences import sentences

    yield ""
    yield "## Standard figures"
    for standard in STANDARD:
        yield ""
        yield f"### {standard.name.en} (`{standard.slug}`)"
        seen = "Public." if standard.public else "Counts people: seen by those who are signed in and may (R20)."
        yield f"Bokmål: {standard.name.nb}. Nynorsk: {standard.name.nn}. {seen}"
        yield ""
        yield from (f"- {sentence}" for sentence in sentences(standard.definition))


if __name__ == "__main__":
    sys.exit(main())
