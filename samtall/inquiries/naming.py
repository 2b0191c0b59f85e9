"""What inquiries are called to those who read the ledger."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.policy import Visitor
from samtall.base.text import Words
from samtall.inquiries.queries import visible_to
from samtall.ledger import sources, vocabulary
from samtall.ledger.facts import INQUIRY
from samtall.ledger.sources import Described

_ROLES = {
    "asked": Words("Spurte", "Spurde", "Asked"),
    "answered": Words("Fikk svar", "Fekk svar", "Got an answer"),
    "matched": Words("Ble koblet", "Blei kopla", "Was matched"),
    "agreed": Words("Ble enig", "Blei samd", "Agreed"),
    "handed_over": Words("Gikk videre til samarbeid", "Gjekk vidare til samarbeid", "Went on to a collaboration"),
}


def register() -> None:
    """Tell the ledger's readers the words of what we post, and who knows the names of the cases."""
    vocabulary.register("family", INQUIRY, Words("Henvendelser", "Førespurnader", "Inquiries"))
    vocabulary.register("kind", INQUIRY, Words("Henvendelse", "Førespurnad", "Inquiry"))
    vocabulary.register("kind_many", INQUIRY, Words("Henvendelser", "Førespurnader", "Inquiries"))
    for code, words in _ROLES.items():
        vocabulary.register("role", code, words)
    sources.register("inquiry", describe_inquiries)


def describe_inquiries(names: Sequence[str], reader: Visitor) -> dict[str, Described]:
    """The case number and page of each inquiry that a reader may see, by source name; one query."""
    ids = [int(name.partition(":")[2]) for name in names]
    found = visible_to(reader).filter(pk__in=ids)
    return {
        one.source: Described(_("Inquiry %(number)s") % {"number": one.number}, reverse("inquiry", args=[one.number]))
        for one in found
    }
