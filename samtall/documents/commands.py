"""`samtall documents`: find a document, erase it for good, and see whether the files are as they were stored."""

import argparse
import sys
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.documents import operations, queries
from samtall.documents.models import Document

MOST_LISTED = 50


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    documents = commands.add_parser("documents", help="files that are kept: find, erase, verify").add_subparsers(
        required=True, metavar="ACTION"
    )
    finding = documents.add_parser("find", help="list documents by a part of their name, or by what they are about")
    finding.add_argument("text")
    finding.set_defaults(run=_find)
    erasing = documents.add_parser("erase", help="delete a document and its file for good")
    erasing.add_argument("number", type=int, help="as `samtall documents find` gives it")
    erasing.set_defaults(run=_erase)
    documents.add_parser("verify", help="compare every file with its hash").set_defaults(run=_verify)


def _find(options: argparse.Namespace) -> None:
    for document in queries.named(options.text)[:MOST_LISTED]:
        print(f"{document.pk:>8}  {document.uploaded_at:%Y-%m-%d}  {document.about}  {document.name}")


def _erase(options: argparse.Namespace) -> None:
    document = Document.objects.filter(pk=options.number).first()
    if document is None:
        raise Refusal(_("There is no document number %(number)s.") % {"number": options.number})
    operations.remove(document)
    print(_("Document %(number)s is deleted.") % {"number": options.number})


def _verify(_options: argparse.Namespace) -> int:
    faults = queries.faults_on_disk()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(_("Every file is as it was stored."))
    return 1 if faults else 0
