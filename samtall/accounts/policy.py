"""Who may do what: the one place that every view, template and command asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from samtall.accounts.models import User
from samtall.accounts.roles import PUBLIC, Reach, known
from samtall.base.text import Words
from samtall.parties.models import Organisation
from samtall.parties.queries import with_departments

PERMISSIONS: dict[str, Words] = {
    "programmes.read": Words(
        "Lese programmer og mål.",
        "Lese program og mål.",
        "Read programmes and their targets.",
    ),
    "programmes.change": Words(
        "Endre programmer og mål.",
        "Endre program og mål.",
        "Change programmes and their targets.",
    ),
    "publications.read": Words(
        "Lese det som er publisert.",
        "Lese det som er publisert.",
        "Read what is published.",
    ),
    "publications.drafts": Words(
        "Lese og kommentere publikasjoner før de er publisert.",
        "Lese og kommentere publikasjonar før dei er publiserte.",
        "Read and comment on publications before they are published.",
    ),
    "publications.write": Words(
        "Sette sammen publikasjoner og legge dem fram.",
        "Setje saman publikasjonar og leggje dei fram.",
        "Compose publications and put them forward.",
    ),
    "publications.approve": Words(
        "Godkjenne publikasjoner som andre har lagt fram, og trekke dem.",
        "Godkjenne publikasjonar som andre har lagt fram, og trekkje dei.",
        "Approve publications that others have put forward, and withdraw them.",
    ),
    "surveys.read": Words(
        "Lese hva undersøkelser har vist.",
        "Lese kva undersøkingar har vist.",
        "Read what surveys have shown.",
    ),
    "surveys.manage": Words(
        "Lage undersøkelser, og åpne og lukke runder av dem.",
        "Lage undersøkingar, og opne og lukke rundar av dei.",
        "Make surveys, and open and close rounds of them.",
    ),
    "figures.read": Words(
        "Lese verdien av åpne tall.",
        "Lese verdien av opne tal.",
        "Read the values of public figures.",
    ),
    "figures.list": Words(
        "Åpne listen bak et tall.",
        "Opne lista bak eit tal.",
        "Open the list behind a figure.",
    ),
    "figures.people": Words(
        "Lese tall som teller personer.",
        "Lese tal som tel personar.",
        "Read figures that count people.",
    ),
    "figures.change": Words(
        "Lage tall og nye versjoner av dem.",
        "Lage tal og nye versjonar av dei.",
        "Make figures and new versions of them.",
    ),
    "activities.read": Words(
        "Lese aktiviteter.",
        "Lese aktivitetar.",
        "Read activities.",
    ),
    "activities.record": Words(
        "Registrere, endre og sende inn aktiviteter.",
        "Registrere, endre og sende inn aktivitetar.",
        "Record, change and submit activities.",
    ),
    "activities.validate": Words(
        "Godkjenne aktiviteter som andre har sendt inn.",
        "Godkjenne aktivitetar som andre har sendt inn.",
        "Validate activities that others have submitted.",
    ),
    "inquiries.read": Words(
        "Lese henvendelser fra virksomheter.",
        "Lese førespurnader frå verksemder.",
        "Read inquiries from organisations.",
    ),
    "inquiries.handle": Words(
        "Svare på henvendelser, fordele dem og føre dem videre til samarbeid.",
        "Svare på førespurnader, fordele dei og føre dei vidare til samarbeid.",
        "Answer inquiries, share them out and turn them into collaborations.",
    ),
    "inquiries.forms": Words(
        "Endre kontaktskjemaer.",
        "Endre kontaktskjema.",
        "Change contact forms.",
    ),
    "organisations.read": Words(
        "Lese om virksomheter.",
        "Lese om verksemder.",
        "Read about organisations.",
    ),
    "organisations.change": Words(
        "Legge til virksomheter og endre dem.",
        "Leggje til verksemder og endre dei.",
        "Add and change organisations.",
    ),
    "people.read": Words(
        "Se navn på personer.",
        "Sjå namn på personar.",
        "See the names of people.",
    ),
    "imports.run": Words(
        "Hente inn regneark, og angre det.",
        "Hente inn rekneark, og angre det.",
        "Import spreadsheets, and undo it.",
    ),
    "letters.handle": Words(
        "Lese brev som er sendt og svar som er kommet, sende på nytt og arkivere.",
        "Lese brev som er sende og svar som er komne, sende på nytt og arkivere.",
        "Read letters sent and answers received, send again and file.",
    ),
    "api.use": Words(
        "Lage nøkler til API-et, innenfor det en selv kan.",
        "Lage nøklar til API-et, innanfor det ein sjølv kan.",
        "Make keys to the API, within what one may do oneself.",
    ),
    "mine.read": Words(
        "Se saker og samarbeid som er ens egne eller ens egen virksomhets.",
        "Sjå saker og samarbeid som er eins eigne eller eiga verksemd sine.",
        "See the cases and collaborations that are one's own or one's organisation's.",
    ),
    "privacy.manage": Words(
        "Svare for innsyn, retting og sletting.",
        "Svare for innsyn, retting og sletting.",
        "Answer for access, correction and erasure.",
    ),
    "witnesses.manage": Words(
        "Bestemme hvem som får kontrollpunkter av bøkene.",
        "Avgjere kven som får kontrollpunkt av bøkene.",
        "Decide who gets checkpoints of the books.",
    ),
    "accounts.read": Words(
        "Se hvem som har tilgang, og hvilke roller de har hatt.",
        "Sjå kven som har tilgang, og kva roller dei har hatt.",
        "See who has access, and which roles they have held.",
    ),
    "accounts.manage": Words(
        "Invitere brukere, og gi og avslutte roller.",
        "Invitere brukarar, og gje og avslutte roller.",
        "Invite users, and give and end roles.",
    ),
}

#: Who asks: a user who has signed in, or somebody who has not.
Visitor = User | AnonymousUser
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Scope:
    """How far somebody's permission reaches: everything, or these organisations and what is about this person.

    False when it reaches nothing. A query of a room narrows itself by it:

        if reach.everything: all
        else: rows of `organisations`, or about `person`
    """

    everything: bool = False
    organisations: frozenset[int] = frozenset()
    person: int | None = None

    def __bool__(self) -> bool:
        return self.everything or bool(self.organisations) or self.person is not None

    def covers(self, organisation: Organisation | None) -> bool:
        """Whether what is this organisation's is within reach; without one: what is the whole installation's."""
        return self.everything or (organisation is not None and organisation.pk in self.organisations)


NOTHING = Scope()
EVERYTHING = Scope(everything=True)


def scope(user: Visitor, permission: str) -> Scope:
    """How far a user's permission reaches now. An organisation takes its departments with it. KeyError when unknown."""
    PERMISSIONS[permission]
    if permission in PUBLIC:
        return EVERYTHING
    if not isinstance(user, User) or not user.is_active or not user.assured:
        return NOTHING
    return _reach(user, permission)


def may(user: Visitor, permission: str) -> bool:
    """Whether a user has a permission for everything; what reaches some organisations only is asked by `scope`."""
    return scope(user, permission).everything


def may_somewhere(user: Visitor, permission: str) -> bool:
    """Whether a user has a permission for something: everything, or what belongs to some organisation."""
    return bool(scope(user, permission))


def reach_of(request: HttpRequest) -> Scope:
    """How far the permission of the view that is asked reaches, as `allowed` found it."""
    return cast("Scope", request.reach)  # type: ignore[attr-defined]


def _reach(user: User, permission: str) -> Scope:
    own, at = False, set()
    for code, organisation in user.holdings:
        for role in known([code]):
            if permission not in role.permissions:
                continue
            if role.reach is Reach.SELF:
                own = True
            elif organisation is None:
                return EVERYTHING
            else:
                at.add(organisation)
    return Scope(organisations=with_departments(at), person=user.person_id if own else None)


def user_of(request: HttpRequest) -> User:
    """The user who asks, where `allowed` has let somebody in: what operations are given as `by=`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def allowed(permission: str, *, narrowed: bool = False) -> Callable[[View], View]:
    """Let a view be seen only by those who have a permission, which stays readable as `view.permission`.

    They must have it for everything, unless the view is `narrowed`: then it promises to show and change only what is
    within `reach_of(request)`, and answers "not found" for the rest.

    Who is not signed in is asked to sign in; who is, and may not, gets the same "not found" as for what is absent.
    """
    PERMISSIONS[permission]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            reach = scope(request.user, permission)
            if not (reach if narrowed else reach.everything):
                if isinstance(request.user, User) and not request.user.assured and _reach(request.user, permission):
                    return redirect("account")  # which tells that a second factor is missing
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path())
            request.reach = reach  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            if permission not in PUBLIC:
                add_never_cache_headers(response)
            return response

        guarded.narrowed = narrowed  # type: ignore[attr-defined]
        return cast("View", _with_permission(guarded, permission))

    return decorate


def signed_in(view: View) -> View:
    """Say that a view is for everybody who has signed in, about themselves."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return cast("View", _with_permission(guarded, None))


def public_page(view: View) -> View:
    """Say that a view is for everybody, whatever they may do."""
    return cast("View", _with_permission(view, None))


def _with_permission(view: Callable[..., HttpResponseBase], permission: str | None) -> object:
    view.permission = permission  # type: ignore[attr-defined]
    return view
