"""All settings; each is read from the environment, and docs/settings.md says what each is for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env

from samtall.accounts import openid

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.str("SAMTALL_DATA", str(PACKAGE.parent / "data")))
DEMONSTRATION = env.bool("SAMTALL_DEMONSTRATION", False)
DEBUG = env.bool("SAMTALL_DEBUG", False)


def _secret_key() -> str:
    """The key in the environment, or one made at first start and kept in the data folder."""
    given = env.str("SAMTALL_SECRET_KEY", "")
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        import secrets

        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()


SECRET_KEY = _secret_key()
#: What checkpoints of the books are signed with; otherwise made at first use and kept in the data folder.
SIGNING_KEY = env.str("SAMTALL_SIGNING_KEY", "")
ALLOWED_HOSTS: list[str] = env.list("SAMTALL_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("SAMTALL_ORIGINS", [])
HTTPS = env.bool("SAMTALL_HTTPS", False)
BEHIND_PROXY = env.bool("SAMTALL_BEHIND_PROXY", False)
ADDRESS = env.str("SAMTALL_ADDRESS", "http://localhost:8000").rstrip("/")

#: The kinds of activity, one folder each. Adding a kind is adding a line here.
KINDS = [
    "samtall.kinds.thesis",
    "samtall.kinds.placement",
    "samtall.kinds.student_project",
    "samtall.kinds.innovation_project",
    "samtall.kinds.guest_lecture",
    "samtall.kinds.company_visit",
    "samtall.kinds.pupil_placement",
    "samtall.kinds.youth_enterprise",
    "samtall.kinds.course",
    "samtall.kinds.network",
    "samtall.kinds.competence_job",
]

#: What `samtall work` does in turn; config/worker.py says what a job is.
JOBS = [
    "samtall.imports.work.go_on",
    "samtall.confirmations.work.remind",
    "samtall.surveys.work.close_due",
    "samtall.witnesses.work.send_monthly",
    "samtall.mail.work.deliver",
    "samtall.mail.work.purge",
    "samtall.inquiries.work.forget",
    "samtall.parties.register.work.keep_current",
    "samtall.parties.matching.work.keep_young",
    "samtall.organisations.work.look_for_suspicions",
    "samtall.documents.work.scan_waiting",
    "samtall.documents.work.tidy",
    "samtall.privacy.work.expire",
    "samtall.privacy.work.clean",
]

#: What each room says of the personal data that it keeps; base/personal.py says how.
PERSONAL_DATA = [
    "samtall.parties.personal",
    "samtall.activities.personal",
    "samtall.kinds.network.personal",
    "samtall.kinds.competence_job.personal",
    "samtall.agreements.personal",
    "samtall.confirmations.personal",
    "samtall.inquiries.personal",
    "samtall.surveys.personal",
    "samtall.programmes.personal",
    "samtall.publications.personal",
    "samtall.witnesses.personal",
    "samtall.documents.personal",
    "samtall.mail.personal",
    "samtall.imports.personal",
    "samtall.identities.personal",
    "samtall.knowledge.personal",
    "samtall.api.personal",
    "samtall.accounts.personal",
    "samtall.privacy.personal",
]

#: Who tells the books anew when it is said, or taken back, who an organisation is: `(ids, by=, at=, reason=)`.
RESTATED_BY = [
    "samtall.activities.operations.identities.restate_activities_of",
    "samtall.inquiries.operations.restating.restate_inquiries_of",
]

#: What `samtall verify` has verified after the ledger: each prints what it found, and gives an exit code.
VERIFIED_WITH_THE_LEDGER = [
    "samtall.publications.commands.recount",
]

#: Whether `samtall run` starts a worker of its own beside it.
WORKER = env.bool("SAMTALL_WORKER", True)

#: Whether figures that did not change are answered from memory (figures/memo.py); without it all is counted each time.
REMEMBER_ANSWERS = env.bool("SAMTALL_REMEMBER_ANSWERS", True)

INSTALLED_APPS = [
    "samtall.home",
    "samtall.api",
    "samtall.privacy",
    "samtall.demonstration",
    "samtall.publications",
    "samtall.programmes",
    "samtall.surveys",
    "samtall.figures",
    "samtall.imports",
    "samtall.inquiries",
    "samtall.organisations",
    "samtall.agreements",
    "samtall.confirmations",
    "samtall.kinds.network",
    "samtall.kinds.competence_job",
    "samtall.activities",
    "samtall.knowledge",
    "samtall.witnesses",
    "samtall.ledger",
    "samtall.documents",
    "samtall.mail",
    "samtall.accounts",
    "samtall.identities",
    "samtall.parties",
    "samtall.places",
    "samtall.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samtall.home.middleware.permissions_policy",
    "samtall.ui.framing.without_cookies_in_frames",
    "samtall.config.middleware.without_unreadable_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samtall.accounts.middleware.rotate_session",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samtall.accounts.middleware.second_factor",
    "samtall.config.middleware.OnlyReadable",
]

#: Where the pages stand that other sites may frame: they get no cookie and set none (ui/framing.py).
FRAMED = ("/innfelt/", "/bygg-inn/")

#: The address of the accessibility statement that a public body has made at uustatus.no; linked from every page.
ACCESSIBILITY_STATEMENT = env.str("SAMTALL_ACCESSIBILITY_STATEMENT", "")

#: The business register's public API.
REGISTER_URL = env.str("SAMTALL_REGISTER_URL", "https://data.brreg.no/enhetsregisteret/api")
#: Whether the worker follows its feed of updates, once a day.
REGISTER_UPDATES = env.bool("SAMTALL_REGISTER_UPDATES", False)

ROOT_URLCONF = "samtall.config.urls"
WSGI_APPLICATION = "samtall.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samtall.home.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# trusted_schema = OFF is left out: it refuses the JSON_VALID check that Django gives every JSON column.
SQLITE_SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA secure_delete = ON;
PRAGMA cache_size = -64000;
"""
POSTGRESQL_SETTINGS = (
    "-c synchronous_commit=on -c statement_timeout=5s -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s"
)


def database_at(url: str) -> dict[str, Any]:
    """The database at `url`, set up as durable and as strict as it can be (docs/adr/0004)."""
    from dj_database_url import parse

    database: dict[str, Any] = dict(parse(url))
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_SETTINGS}
    else:
        database.setdefault("OPTIONS", {})["options"] = POSTGRESQL_SETTINGS
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


DATABASES = {"default": database_at(env.str("DATABASE_URL", f"sqlite:///{DATA / 'samtall.sqlite3'}"))}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [path for room in ("base", "config", "kinds") for path in sorted((PACKAGE / room).glob("**/locale"))]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Signing in is for those who have been invited; how often a code can be asked for and tried, our own limits say.
ACCOUNT_ADAPTER = "samtall.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "samtall.accounts.forms.AddressForm",
    "confirm_login_code": "samtall.accounts.forms.CodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # who writes the code has shown that the address is theirs
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # so that nobody can have us write to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"request_login_code": "", "login_failed": "", "reauthenticate": ""}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

#: Whether those who change, approve, answer for privacy or give roles sign in with two factors.
SECOND_FACTOR = env.bool("SAMTALL_SECOND_FACTOR", not DEMONSTRATION)

#: The OpenID providers (accounts/openid.py), of which allauth is told.
OPENID = openid.read(Path(path) if (path := env.str("SAMTALL_OPENID", "")) else None)
SOCIALACCOUNT_PROVIDERS = {"openid": {"APPS": openid.as_apps(OPENID)}}
SOCIALACCOUNT_ADAPTER = "samtall.accounts.social.SocialAdapter"

MFA_ADAPTER = "samtall.accounts.factors.Adapter"
MFA_FORMS = {
    "authenticate": "samtall.accounts.forms.FactorForm",
    "reauthenticate": "samtall.accounts.forms.ConfirmForm",
    "activate_totp": "samtall.accounts.forms.AppForm",
    "add_webauthn": "samtall.accounts.forms.PasskeyForm",
    "authenticate_webauthn": "samtall.accounts.forms.SecondPasskeyForm",
    "login_webauthn": "samtall.accounts.forms.SignInPasskeyForm",
    "reauthenticate_webauthn": "samtall.accounts.forms.ConfirmPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samtall"
MFA_TOTP_TOLERANCE = 1

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# Each server process counts attempts for itself: with two of them, twice as many get through before it stops.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_ENGINE = "samtall.accounts.sessions"
SESSION_COOKIE_AGE = env.int("SAMTALL_SESSION_HOURS", 12) * 60 * 60
SESSION_IDLE = timedelta(minutes=env.int("SAMTALL_IDLE_MINUTES", 120))
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "samtall.home.views.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

EMAIL_HOST = env.str("SAMTALL_MAIL_HOST", "")
EMAIL_PORT = env.int("SAMTALL_MAIL_PORT", 587)
EMAIL_HOST_USER = env.str("SAMTALL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("SAMTALL_MAIL_PASSWORD", "")
EMAIL_USE_SSL = env.bool("SAMTALL_MAIL_SSL", False)
EMAIL_USE_TLS = env.bool("SAMTALL_MAIL_TLS", not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("SAMTALL_MAIL_FROM", "samtall@localhost")
MAIL_ANSWERS = env.str("SAMTALL_MAIL_ANSWERS", "")
MAIL_KEPT_DAYS = env.int("SAMTALL_MAIL_KEPT_DAYS", 365)

CLAMD = env.str("SAMTALL_CLAMD", "")
DOCUMENTS_KEPT_YEARS = env.int("SAMTALL_DOCUMENTS_KEPT_YEARS", 10)
DOCUMENTS_KEPT_DAYS = DOCUMENTS_KEPT_YEARS * 365

#: For how long personal data is kept; samtall/privacy erases what is older.
NAMES_KEPT_DAYS = env.int("SAMTALL_NAMES_KEPT_DAYS", 5 * 365)
INQUIRIES_KEPT_DAYS = env.int("SAMTALL_INQUIRIES_KEPT_DAYS", 2 * 365)
ACCOUNTS_KEPT_DAYS = env.int("SAMTALL_ACCOUNTS_KEPT_DAYS", 2 * 365)
IMPORTS_KEPT_DAYS = env.int("SAMTALL_IMPORTS_KEPT_DAYS", 30)
CORRECTIONS_KEPT_DAYS = env.int("SAMTALL_CORRECTIONS_KEPT_DAYS", 365)
CONFIRMATION_ADDRESSES_KEPT_DAYS = 30
API_ANSWERS_KEPT_DAYS = 1
#: The list of erasures, which makes them hold after an old copy is restored; otherwise in the data folder.
ERASURES = env.str("SAMTALL_ERASURES", "")
#: Who answers for the personal data, as the privacy notice names them.
CONTROLLER = env.str("SAMTALL_CONTROLLER", "")
PRIVACY_CONTACT = env.str("SAMTALL_PRIVACY_CONTACT", "")

#: Who publishes, by organisation number; the licence of what is published, and whom one asks about it.
PUBLISHER = env.str("SAMTALL_PUBLISHER", "").replace(" ", "")
DATA_LICENCE = env.str("SAMTALL_DATA_LICENCE", "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0")
DATA_CONTACT = env.str("SAMTALL_DATA_CONTACT", "")
