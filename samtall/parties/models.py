"""Organisations, their work sites and how they followed each other; people, as little of them as the work needs."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from samtall.base.ids import random_key
from samtall.base.text import search_key
from samtall.parties.numbers import format_number


class Named(models.Model):
    """Something found by its name, whatever the capitals and spaces."""

    name = models.CharField(max_length=300)
    search_name = models.CharField(max_length=600, editable=False, blank=True, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_name = search_key(self.name)
        super().save(*args, **kwargs)


class Organisation(Named):
    """A legal unit (R2): Norwegian with a nine-digit number, foreign with country + register + id, or unidentified."""

    country = models.CharField(max_length=2, default="NO", help_text="ISO 3166-1 alpha-2")
    register = models.CharField(
        max_length=20, default="brreg", blank=True, help_text="the register that gave the number"
    )
    number = models.CharField(max_length=40, blank=True, help_text="empty: unidentified")
    form = models.CharField(max_length=10, blank=True, help_text="organisation form code, such as AS or KOMM")
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", help_text="a department's owner"
    )
    closed_on = models.DateField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written_as",
        help_text="the organisation that this written name or duplicate was found to be; never one that has it itself",
    )
    same_site = models.ForeignKey(
        "Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="its work site, where the name means one",
    )
    demonstration = models.BooleanField(default=False, help_text="made up, for trying the product")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "register", "number"], condition=~Q(number=""), name="parties_number_once"
            )
        ]
        indexes = [
            # SQLite takes the constraint's own index only where a question repeats its condition
            models.Index(fields=["number"], name="parties_number"),
            # so that the few without a number are found among a million
            models.Index(fields=["search_name"], condition=Q(number=""), name="parties_unidentified"),
        ]

    @property
    def identified(self) -> bool:
        return bool(self.number)

    @property
    def counted(self) -> "Organisation":
        """The legal unit that this one counts as: the one it was found to be, and for a department its owner (R2)."""
        unit = self.same_as or self
        while unit.part_of:
            unit = unit.part_of
        return unit

    @property
    def nameless(self) -> bool:
        """Only known as the owner of a work site: a bare number stands for the name until a register tells it."""
        return bool(self.number) and self.name == format_number(self.number)


class Establishment(Named):
    """A sub-unit (underenhet): a work site with a number of its own, belonging to one legal unit."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="establishments")
    number = models.CharField(max_length=9, unique=True)
    form = models.CharField(max_length=10, blank=True, help_text="BEDR or AAFY")
    closed_on = models.DateField(null=True, blank=True)


class Attributes(models.Model):
    """What a register said of a unit from a day on, until the next row.

    `confirmed_on` is the last day on which a register said the same, so that an older extract that turns up later
    finds its place. Values that a source does not tell are empty.
    """

    class Status(models.TextChoices):
        BANKRUPT = "bankrupt"
        WINDING_UP = "winding_up"
        DISSOLUTION = "dissolution"  # by order of a court

    valid_from = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True, help_text="empty: on the first day only")
    name = models.CharField(max_length=300)
    municipality = models.CharField(max_length=4, blank=True, help_text="code valid that day")
    postal_code = models.CharField(max_length=4, blank=True)
    industry = models.CharField(max_length=6, blank=True)
    industry_standard = models.CharField(max_length=6, blank=True, help_text="SN2007 or SN2025")
    sector = models.CharField(max_length=4, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True, help_text="empty: below five, or not known")
    size_class = models.CharField(max_length=7, blank=True, help_text="0-4, 5-9, 10-19, 20-49, 50-99, 100-249, 250+")
    street = models.CharField(max_length=200, blank=True, help_text="address lines; never of a sole proprietorship")
    domain = models.CharField(max_length=253, blank=True, help_text="host of the web page, without www.")
    owner = models.CharField(max_length=9, blank=True, help_text="number of the unit that it belongs to")
    status = models.CharField(max_length=12, choices=Status, blank=True, help_text="empty: as usual")
    source = models.CharField(max_length=100, blank=True, help_text="the extract or entry it came from")

    class Meta:
        abstract = True
        ordering = ["valid_from"]

    @property
    def last_seen(self) -> date:
        return self.confirmed_on or self.valid_from


class OrganisationAttributes(Attributes):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="attributes")

    class Meta(Attributes.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="parties_org_attributes_once")
        ]


class EstablishmentAttributes(Attributes):
    establishment = models.ForeignKey(Establishment, on_delete=models.CASCADE, related_name="attributes")

    class Meta(Attributes.Meta):
        constraints = [
            models.UniqueConstraint(fields=["establishment", "valid_from"], name="parties_est_attributes_once")
        ]


class Industry(models.Model):
    """An industry code's name in one standard, as the register writes it."""

    standard = models.CharField(max_length=6)
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "industries"
        constraints = [models.UniqueConstraint(fields=["standard", "code"], name="parties_industry_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Succession(models.Model):
    """One organisation followed another on a day (R4). Where one became several, exactly one link is the main one."""

    class Cause(models.TextChoices):
        MERGER = "merger"
        SPLIT = "split"
        RENUMBERED = "renumbered"

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_in")
    on = models.DateField()
    cause = models.CharField(max_length=10, choices=Cause)
    main = models.BooleanField(default=True, help_text="the link that counting follows")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="parties_succession_once"),
            models.UniqueConstraint(fields=["predecessor"], condition=Q(main=True), name="parties_one_main_successor"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="parties_succession_not_self"),
        ]


class Person(Named):
    """Who a random key stands for; deleting the row leaves the key meaning nothing (R5)."""

    key = models.BigIntegerField(unique=True, default=random_key, editable=False)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )

    class Meta:
        verbose_name_plural = "people"


class Erasure(models.Model):
    """That the person behind a key was erased, when and by whom; who it was is gone (R5)."""

    key = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=50, help_text="the signature of the one who did it")


class RegisterLoad(models.Model):
    """How far an extract of the business register has been read, so that a stopped reading goes on where it was."""

    class Kind(models.TextChoices):
        ENHETER = "enheter"
        UNDERENHETER = "underenheter"

    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    name = models.CharField(max_length=200, help_text="the file's name")
    dated = models.DateField(help_text="the day that the extract shows the register of")
    kind = models.CharField(max_length=12, choices=Kind)
    complete = models.BooleanField(default=False, help_text="the whole register: a unit that lacks is closed")
    rows = models.PositiveIntegerField(default=0, help_text="rows read so far")
    problems = models.PositiveIntegerField(default=0, help_text="rows skipped so far")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "dated", "kind"], name="parties_load_once")]


class RegisterCursor(models.Model):
    """How far the register's feed of updates of one kind has been followed."""

    kind = models.CharField(max_length=12, choices=RegisterLoad.Kind, unique=True)
    since = models.DateField(help_text="the day from which the feed is read, until there is a position")
    position = models.BigIntegerField(null=True, blank=True, help_text="the last line that was followed")
    caught_up_at = models.DateTimeField(null=True, blank=True, help_text="when the feed's end was last reached")


class RemovedUnit(models.Model):
    """A number of which the register has taken back everything, so that no old extract brings it here again."""

    number = models.CharField(max_length=9, unique=True)
    on = models.DateField()
