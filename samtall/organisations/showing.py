"""How organisations are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.organisations.queries import key_of
from samtall.parties.legal_forms import LEGAL_FORMS
from samtall.parties.models import Attributes, Establishment, Industry, Organisation, Succession
from samtall.parties.numbers import format_number
from samtall.parties.sectors import SECTORS
from samtall.places.queries import names_of_codes
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import number, short_date


def link_to(organisation: Organisation) -> Link:
    return Link(reverse("organisation", args=[key_of(organisation)]), organisation.name)


def identity(organisation: Organisation) -> str:
    """`974 760 673`, or a foreign number with its country and register, or that there is none."""
    if not organisation.identified:
        return _("Unidentified")
    if organisation.country == "NO":
        return format_number(organisation.number)
    return f"{organisation.number} ({organisation.register}, {organisation.country})"


def legal_form(organisation: Organisation) -> str:
    name = LEGAL_FORMS.get(organisation.form, "")
    return f"{name} ({organisation.form})" if name else organisation.form


@dataclass(frozen=True)
class CodeNames:
    """The names behind codes, read once for a page."""

    places: dict[str, str]
    industries: dict[tuple[str, str], str]

    @classmethod
    def of(cls, rows: Iterable[Attributes]) -> "CodeNames":
        """The names that these rows need."""
        codes = {row.industry for row in rows if row.industry}
        industries = Industry.objects.filter(code__in=codes) if codes else ()
        return cls(names_of_codes(), {(one.standard, one.code): one.name for one in industries})

    def place(self, row: Attributes | None) -> str:
        if row is None or not row.municipality:
            return ""
        name = self.places.get(row.municipality, "")
        return f"{name} ({row.municipality})" if name else row.municipality

    def industry(self, row: Attributes | None) -> str:
        """`62.100 Programmeringstjenester (SN2025)`."""
        if row is None or not row.industry:
            return ""
        name = self.industries.get((row.industry_standard, row.industry), "")
        return " ".join(part for part in (row.industry, name, f"({row.industry_standard})") if part)


def employees(row: Attributes | None) -> str:
    """How many, else the size class: the register withholds counts below five."""
    if row is None:
        return ""
    return row.size_class.replace("-", "–") if row.employees is None else number(row.employees)


def organisations_table(organisations: Iterable[Organisation]) -> Table:
    """A list; give the organisations with their `attributes` prefetched."""
    organisations = list(organisations)
    owned = _sites_of_nameless(organisations)
    latest = [(one, latest_of(one)) for one in organisations]
    names = CodeNames.of(row for _organisation, row in latest if row)
    columns = [_("Name"), _("Organisation number"), _("Form"), _("Municipality"), _("Industry")]
    rows = [
        (_link_in_list(one, owned), identity(one), one.form, names.place(row), names.industry(row))
        for one, row in latest
    ]
    return Table(_("Organisations"), [Column(label) for label in columns], rows, caption_hidden=True)


def _sites_of_nameless(organisations: Iterable[Organisation]) -> dict[int, str]:
    """The name of a work site of each organisation that itself is only a number."""
    nameless = [one.pk for one in organisations if one.nameless]
    sites = Establishment.objects.filter(organisation__in=nameless).order_by("-search_name", "-pk") if nameless else ()
    return {site.organisation_id: site.name for site in sites}


def _link_in_list(organisation: Organisation, owned: dict[int, str]) -> Link:
    link = link_to(organisation)
    site = owned.get(organisation.pk)
    return Link(link.url, _("Owner of %(site)s") % {"site": site}) if site else link


def status_in_words(row: Attributes | None) -> str:
    """What the register says beside the usual, "Bankrupt"; empty for the usual."""
    words = {
        Attributes.Status.BANKRUPT: _("Bankrupt"),
        Attributes.Status.WINDING_UP: _("Being wound up"),
        Attributes.Status.DISSOLUTION: _("Being dissolved by order of a court"),
    }
    return words[Attributes.Status(row.status)] if row and row.status else ""


def facts_about(organisation: Organisation, said: Sequence[Attributes]) -> list[tuple[str, str | Link]]:
    """What identifies an organisation, as terms and texts; what is not known is left out.

    `said` is what a register has said of it, in the order of days.
    """
    pairs: list[tuple[str, str | Link]] = [(_("Organisation number"), identity(organisation))]
    if organisation.form:
        pairs.append((_("Form"), legal_form(organisation)))
    if organisation.part_of:
        pairs.append((_("Part of"), link_to(organisation.part_of)))
    if status := status_in_words(said[-1] if said else None):
        pairs.append((_("In the register"), _("%(status)s since %(date)s") % {"status": status, "date": _since(said)}))
    if organisation.closed_on:
        pairs.append((_("Closed"), short_date(organisation.closed_on)))
    return pairs


def _since(said: Sequence[Attributes]) -> str:
    """The day from which on the last status has stood."""
    other = [row.valid_from for row in said if row.status != said[-1].status]
    return short_date(min(row.valid_from for row in said if not other or row.valid_from > other[-1]))


def history_table(rows: Sequence[Attributes]) -> Table:
    """What a register has said, newest first: one row from each day on which something changed."""
    names = CodeNames.of(rows)
    columns = [_("From"), _("Name"), _("Municipality"), _("Industry"), _("Sector"), _("Employees"), _("Status")]
    body: list[Sequence[Cell]] = [
        (
            short_date(row.valid_from),
            row.name,
            names.place(row),
            names.industry(row),
            SECTORS.get(row.sector, row.sector),
            employees(row),
            status_in_words(row),
        )
        for row in sorted(rows, key=lambda row: row.valid_from, reverse=True)
    ]
    if not any(row.status for row in rows):
        columns, body = columns[:-1], [row[:-1] for row in body]
    return Table(_("What the register has said"), [Column(label) for label in columns], body, caption_hidden=True)


def sites_table(sites: Iterable[Establishment]) -> Table:
    """Work sites as they are now; give them with their `attributes` prefetched."""
    latest = [(one, latest_of(one)) for one in sites]
    names = CodeNames.of(row for _site, row in latest if row)
    columns = [_("Name"), _("Organisation number"), _("Municipality"), _("Industry"), _("Employees"), _("Closed")]
    rows = [
        (
            site.name,
            format_number(site.number),
            names.place(row),
            names.industry(row),
            employees(row),
            short_date(site.closed_on) if site.closed_on else "",
        )
        for site, row in latest
    ]
    return Table(_("Work sites"), [Column(label) for label in columns], rows, caption_hidden=True)


def successions_table(links: Iterable[Succession]) -> Table:
    columns = [_("Date"), _("What happened"), _("From"), _("To"), _("Followed when counting")]
    causes = {
        Succession.Cause.MERGER: _("Merger"),
        Succession.Cause.SPLIT: _("Split"),
        Succession.Cause.RENUMBERED: _("New number"),
    }
    rows = [
        (
            short_date(link.on),
            causes[Succession.Cause(link.cause)],
            link_to(link.predecessor),
            link_to(link.successor),
            _("Yes") if link.main else _("No"),
        )
        for link in links
    ]
    return Table(_("Mergers and splits"), [Column(label) for label in columns], rows, caption_hidden=True)


def latest_of(unit: Organisation | Establishment) -> Attributes | None:
    """What a register said last; give the unit with its `attributes` prefetched."""
    return max(unit.attributes.all(), key=lambda row: row.valid_from, default=None)


def link_to_all() -> Link:
    return Link(reverse("organisations"), _("Organisations"))
