"""Organisations, their work sites and how they followed each other; people, as little of them as the work needs."""

from django.db import models
from django.db.models import Q

from samtall.base.ids import random_key
from samtall.base.text import search_key


class Organisation(models.Model):
    """A legal unit (R2): Norwegian with a nine-digit number, foreign with country + register + id, or unidentified."""

    country = models.CharField(max_length=2, default="NO", help_text="ISO 3166-1 alpha-2")
    register = models.CharField(
        max_length=20, default="brreg", blank=True, help_text="the register that gave the number"
    )
    number = models.CharField(max_length=40, blank=True, help_text="empty: unidentified")
    name = models.CharField(max_length=300, help_text="the latest known name")
    search_name = models.CharField(max_length=300, editable=False, db_index=True)
    form = models.CharField(max_length=10, blank=True, help_text="organisation form code, such as AS or KOMM")
    closed_on = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False, help_text="made up, for trying the product")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "register", "number"], condition=~Q(number=""), name="parties_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def identified(self) -> bool:
        return bool(self.number)


class Establishment(models.Model):
    """A sub-unit (underenhet): a work site with a number of its own, belonging to one legal unit."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="establishments")
    number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=300)
    search_name = models.CharField(max_length=300, editable=False, db_index=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Attributes(models.Model):
    """What a register said of a unit from a day on, until the next row."""

    valid_from = models.DateField()
    name = models.CharField(max_length=300)
    municipality = models.CharField(max_length=4, blank=True, help_text="code valid that day")
    postal_code = models.CharField(max_length=4, blank=True)
    industry = models.CharField(max_length=6, blank=True)
    industry_standard = models.CharField(max_length=6, blank=True, help_text="SN2007 or SN2025")
    sector = models.CharField(max_length=4, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True, help_text="empty: below five, or not known")
    size_class = models.CharField(max_length=7, blank=True, help_text="0-4, 5-9, 10-19, 20-49, 50-99, 100-249, 250+")
    source = models.CharField(max_length=100, blank=True, help_text="the extract or entry it came from")

    class Meta:
        abstract = True
        ordering = ["valid_from"]


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
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="parties_succession_not_self"),
        ]


class Person(models.Model):
    """Who a random key stands for; deleting the row leaves the key meaning nothing (R5)."""

    key = models.BigIntegerField(unique=True, default=random_key, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    search_name = models.CharField(max_length=200, editable=False, db_index=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_name = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
