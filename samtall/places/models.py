"""Municipalities over time: one entity, its codes and names, and what passed from one to another (R11)."""

from django.db import models
from django.db.models import Q


class Municipality(models.Model):
    """A municipality as it lives through renumbering and new names; merging makes a new one."""

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        latest = self.names.order_by("valid_from").last()
        return latest.name if latest else f"municipality {self.pk}"


class MunicipalityName(models.Model):
    """A code and name of a municipality, valid from a day up to, but not including, another."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="names")
    code = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="places_code_once_per_date"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="places_name_valid_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Transfer(models.Model):
    """What passed from one municipality to another on a day.

    Whole: the origin ended, and what no other transfer names went here. Part: a piece of it went here, whether the
    origin lived on or was split up among several.
    """

    class Extent(models.TextChoices):
        WHOLE = "whole"
        PART = "part"

    origin = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="transfers_out")
    target = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="transfers_in")
    on = models.DateField()
    extent = models.CharField(max_length=10, choices=Extent)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "target", "on"], name="places_transfer_once")]


class Region(models.Model):
    """A set of municipalities over time that works together."""

    slug = models.SlugField(unique=True)
    name_nb = models.CharField(max_length=100)
    name_nn = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.slug


class RegionMember(models.Model):
    """A municipality's membership of a region; open-ended where a date is missing, `until` not included."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="members")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "municipality"], name="places_member_once")]
