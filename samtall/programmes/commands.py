"""`samtall programme load`, `import` and `export`: a programme is a file."""

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    programme = commands.add_parser("programme", help="what a region wants").add_subparsers(required=True)
    load = programme.add_parser("load", aliases=["import"], help="make a programme, or bring it in step with its file")
    load.add_argument(
        "file", type=Path, nargs="?", help="a TOML file (default: Midt-Telemark, which comes with Samtall)"
    )
    load.set_defaults(run=_load)
    export = programme.add_parser("export", help="write a programme as the file that would make it")
    export.add_argument("slug", help="the programme's name in its address, such as midt-telemark")
    export.add_argument("file", type=Path, nargs="?", help="where to write it (default: on screen)")
    export.set_defaults(run=_export)


def _load(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base import clock
    from samtall.base.text import Words
    from samtall.programmes import operations
    from samtall.programmes.files import MIDT_TELEMARK

    programme = operations.load(options.file or MIDT_TELEMARK, by="system:programme", at=clock.now())
    print(
        _("%(name)s: %(targets)s targets. Its page is /program/%(slug)s/.")
        % {
            "name": Words.from_dict(programme.name),
            "targets": programme.targets.count(),
            "slug": programme.slug,
        }
    )


def _export(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base.errors import Refusal
    from samtall.programmes.exporting import as_toml, text_of
    from samtall.programmes.models import Programme

    programme = Programme.objects.filter(slug=options.slug).select_related("region").first()
    if programme is None:
        raise Refusal(_("There is no programme “%(slug)s”.") % {"slug": options.slug})
    text = as_toml(text_of(programme))
    if options.file is None:
        print(text, end="")
    else:
        options.file.write_text(text, encoding="utf-8")
