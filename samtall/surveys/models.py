"""Short surveys that are asked again: questions, rounds, and answers that nobody can be found behind.

Answers and who was invited are never tied together: an answer has neither token, address nor time (see docs/adr/0023).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Survey(models.Model):
    """Questions that belong together, asked in rounds. Texts are {nb, nn, en}."""

    slug = models.SlugField(unique=True)
    name = models.JSONField()
    intro = models.JSONField(default=dict, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Question(models.Model):
    """A question; it is not changed once a round has opened, so that rounds can be held against each other."""

    class Sort(models.TextChoices):
        SCALE = "scale", _("A scale from 1 to 5")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several answers")
        TEXT = "text", _("A short text")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    ordering = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=10, choices=Sort)
    text = models.JSONField()
    choices = models.JSONField(default=list, blank=True, help_text="[{nb, nn, en}] to choose one of")

    class Meta:
        ordering = ["ordering", "pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "ordering"], name="surveys_question_in_its_place")]

    def __str__(self) -> str:
        return str(self.text.get("nb", ""))


class Round(models.Model):
    """One time that a survey is asked. `invited` and `answered` are exact, and set when it opens and when it closes."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, help_text="of the letters")
    reminds = models.DateField(null=True, blank=True)
    closes = models.DateField(help_text="the last day to answer")
    invited = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="surveys_round_once")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"

    @property
    def source(self) -> str:
        """How letters name what they are about."""
        return f"survey:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Invitee(models.Model):
    """An address that a round goes to; deleted when it closes. Nothing here says who has answered."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitees")
    address = models.EmailField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "address"], name="surveys_invited_once")]

    def __str__(self) -> str:
        return f"{self.round_id}"


class Token(models.Model):
    """That somebody may answer a round once: a hash of what stands in one letter. All are deleted when it closes."""

    hash = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tokens")
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.round_id}"


class Answer(models.Model):
    """One answer to one question. Its key is random, so that order of arrival is not told; it has no date at all."""

    key = models.BigIntegerField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1–5, 0 or 1, or the place of the choice"
    )
    text = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.question_id}"
