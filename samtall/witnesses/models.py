"""Who gets checkpoints of the books by mail, and which they got."""

from django.db import models
from django.db.models import Q


class Receiver(models.Model):
    """Somebody outside who keeps checkpoints. Name and address are emptied some time after they have got the last."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by = models.CharField(max_length=40)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(ended_at=None), name="witnesses_one_receiver_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """A checkpoint that somebody was sent, once for each occasion, such as "month:2026-11"."""

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="sendings")
    occasion = models.CharField(max_length=60)
    position = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receiver", "occasion"], name="witnesses_once_per_occasion")]

    def __str__(self) -> str:
        return f"{self.occasion}: {self.position}"
