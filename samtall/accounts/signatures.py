"""Who a signature in the books stands for."""

from collections.abc import Iterable

from samtall.accounts.models import User


def names_of(signatures: Iterable[str]) -> dict[str, str]:
    """The names of the users behind signatures such as "user:12", with one query; others are left out."""
    pks = {int(number) for prefix, _, number in (one.partition(":") for one in signatures) if prefix == "user"}
    return {user.signature: str(user) for user in User.objects.filter(pk__in=pks)} if pks else {}
