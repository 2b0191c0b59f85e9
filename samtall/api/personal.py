"""Keys to the API, and answers that are kept for a day."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samtall.api.models import ApiKey, KeptAnswer
from samtall.base.personal import SECURITY_DUTY, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words


def held(subject: Subject) -> list[Held]:
    return [
        Held(_("Key to the API"), [(_("Name"), one.name), (_("Begins with"), one.start)], when=one.made_at)
        for one in ApiKey.objects.filter(made_by__in=subject.users)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Their keys stop working, and lose their names."""
    mine = ApiKey.objects.filter(made_by__in=subject.users)
    mine.filter(revoked_at=None).update(revoked_at=at)
    mine.update(name="")


def _answers() -> "QuerySet[Any]":
    return KeptAnswer.objects.annotate(since=F("at"))


def _end(answers: list[Any], _at: datetime) -> None:
    KeptAnswer.objects.filter(pk__in=answers).delete()


PROCESSING = (
    Processing(
        code="api",
        words=Words("Nøkler til API-et", "Nøklar til API-et", "Keys to the API"),
        purpose=Words(
            "Å slippe inn andre programmer, og gjøre et gjentatt kall trygt.",
            "Å sleppe inn andre program, og gjere eit gjenteke kall trygt.",
            "To let in other programs, and to make a repeated call safe.",
        ),
        basis=SECURITY_DUTY,
        whose=Words(
            "De som lager nøkler, og de som er nevnt i et svar",
            "Dei som lagar nøklar, og dei som er nemnde i eit svar",
            "Those who make keys, and those named in an answer",
        ),
        data=Words(
            "Nøkkelens navn, og svar på kall",
            "Namnet på nøkkelen, og svar på kall",
            "The key's name, and answers to calls",
        ),
        seen_by=Words("Den som laget nøkkelen", "Den som laga nøkkelen", "Who made the key"),
        kept=Words("Svar: %(days)d dager.", "Svar: %(days)d dagar.", "Answers: %(days)d days."),
        fields={"api.ApiKey": ("name",), "api.KeptAnswer": ("body", "key")},
        texts=(Text("api.KeptAnswer", ("body", "key")),),
        held=held,
        erase=erase,
        limit=Limit(setting="API_ANSWERS_KEPT_DAYS", waiting=_answers, end=_end),
    ),
)
