"""Who is meant: names as people wrote them, who said what they stand for, and what is not yet decided."""

from django.db import models
from django.db.models import F, Q

from samtall.base.text import search_key
from samtall.parties.models import Establishment, Organisation


class WrittenName(models.Model):
    """A name somebody wrote without a number, and what stood beside it: what an unidentified organisation is made of.

    The same name with the same municipality is the same organisation, so that what is decided once is remembered.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="written")
    key = models.CharField(max_length=600, editable=False)
    municipality = models.CharField(max_length=4, blank=True, help_text="code; empty when it was not written")
    postal_code = models.CharField(max_length=4, blank=True)
    address = models.CharField(max_length=200, blank=True)
    domain = models.CharField(max_length=200, blank=True, help_text="of an e-mail or web address")
    source = models.CharField(max_length=100, blank=True, help_text="where it was first met, such as import:12")
    day = models.DateField(null=True, blank=True, help_text="of the first activity that it was written for")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "municipality"], name="identities_written_once")]

    def __str__(self) -> str:
        return self.organisation.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = search_key(self.organisation.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Decision(models.Model):
    """Something said about who is who: by whom, when, on what ground; it can be withdrawn, and is never deleted."""

    by = models.CharField(max_length=50, help_text="the signature of the one who said it")
    at = models.DateTimeField()
    source = models.CharField(max_length=100, blank=True, help_text="where it was said, such as import:12 or review")
    withdrawn_by = models.CharField(max_length=50, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class Identification(Decision):
    """That a written name, or a duplicate, is an organisation; with `organisation` empty, that no register has it."""

    subject = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifications")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="identified_as_this"
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the work site meant",
    )
    automatic = models.BooleanField(default=False, help_text="certain enough to be tied without asking anybody")
    probability = models.PositiveIntegerField(null=True, blank=True, help_text="in thousandths, as it was estimated")
    reasons = models.JSONField(default=list, blank=True, help_text="why, as matching.Reason writes them")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(withdrawn_at__isnull=True), name="identities_one_that_stands"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | ~Q(subject=F("organisation")), name="identities_not_itself"
            ),
        ]


class Distinction(Decision):
    """That two organisations are not the same, however alike they look; `first` has the lower id."""

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(withdrawn_at__isnull=True), name="identities_distinct_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="identities_distinct_in_order"),
        ]


class Suspicion(models.Model):
    """That an organisation may be another, as the matcher last found it: a worklist, made anew at any time."""

    subject = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="suspicions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    establishment = models.ForeignKey(Establishment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    probability = models.PositiveIntegerField(help_text="in thousandths")
    reasons = models.JSONField(default=list, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "organisation"], name="identities_suspected_once")]
        indexes = [models.Index(fields=["-probability", "id"], name="identities_likely_first")]


class Lookout(models.Model):
    """How far it has been looked for who may be another: up to which participation, with which state of the register.

    There is one row at most.
    """

    participation = models.BigIntegerField(default=0, help_text="id of the last one whose organisation was looked at")
    register = models.CharField(max_length=100, blank=True, help_text="what the register was when it was begun")
