"""Letters about editions: to those who may approve what was put forward, and to those who made it."""

from django.conf import settings
from django.urls import reverse

from samtall.accounts.models import User
from samtall.accounts.queries import who_may
from samtall.base.text import Words
from samtall.mail import operations as mail
from samtall.publications import queries
from samtall.publications.models import Edition, Step

_TOLD = {
    Step.What.PUBLISHED: "publications/letters/published.txt",
    Step.What.RETURNED: "publications/letters/returned.txt",
}


def ask_approvers(edition: Edition, step: Step) -> None:
    """Write to everybody who may approve what was just put forward, once each."""
    made = queries.who_made(edition)
    for user in who_may("publications.approve"):
        if user.signature not in made:
            _write(edition, step, user, "publications/letters/proposed.txt", page="edition-review")


def tell_authors(edition: Edition, step: Step) -> None:
    """Write to those who made an edition that it was approved, or sent back and why; not to who did that."""
    made = queries.who_made(edition) - {step.by}
    pks = [int(one.removeprefix("user:")) for one in made if one.startswith("user:")]
    for user in User.objects.filter(pk__in=pks, is_active=True).order_by("pk"):
        _write(edition, step, user, _TOLD[Step.What(step.what)], page="edition-desk")


def _write(edition: Edition, step: Step, user: User, template: str, *, page: str) -> None:
    publication = edition.publication
    language = user.language or "nb"
    mail.write(
        to=user.email,
        language=language,
        template=template,
        context={
            "title": Words.from_dict(publication.title).in_language(language),
            "period": f"{edition.starts:%d.%m.%Y}–{edition.ends:%d.%m.%Y}",
            "why": step.why,
            "link": settings.ADDRESS + reverse(page, args=[publication.slug, edition.number]),
        },
        purpose="publication",
        about=f"edition:{edition.pk}",
        once=f"edition-step:{step.pk}:{user.pk}",
        by=step.by,
        at=step.at,
    )
