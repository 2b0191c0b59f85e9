"""`samtall form`: contact forms out of and into TOML files."""

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    form = commands.add_parser("form", help="contact forms for businesses").add_subparsers(required=True)

    export = form.add_parser("export", help="print a contact form's declaration")
    export.add_argument("slug", nargs="?", help="its name in the address (default: the form that comes with Samtall)")
    export.set_defaults(run=_export)

    bring = form.add_parser("import", help="make a contact form, or a new version of one")
    bring.add_argument("file", type=Path, nargs="?", help="a TOML file (default: the form that comes with Samtall)")
    bring.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base.errors import Refusal
    from samtall.inquiries.declaration import STANDARD
    from samtall.inquiries.queries import current_form, current_forms

    if options.slug is None:
        print(STANDARD.read_text(encoding="utf-8"), end="")
        return
    form = current_form(options.slug)
    if form is None:
        known = ", ".join(one.slug for one in current_forms()) or "–"
        raise Refusal(
            _("There is no contact form “%(slug)s”. There are: %(known)s.") % {"slug": options.slug, "known": known}
        )
    print(form.text, end="")


def _import(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base import clock
    from samtall.base.declarations import text_of
    from samtall.inquiries import operations
    from samtall.inquiries.declaration import STANDARD

    form = operations.save_form(text_of(options.file or STANDARD), by="system:form", at=clock.now())
    print(_("The contact form is at /kontakt/%(slug)s/.") % {"slug": form.slug})
