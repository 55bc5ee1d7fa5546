"""All settings. What an operator may change comes from the environment; see README.md for the names."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

from roleplay.environment import Environment, SettingError, no_database
from roleplay.providers.dialects import NAMES as DIALECTS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = Environment(os.environ)

# The model
LLM_BASE_URL = env.url("LLM_BASE_URL", schemes=("https", "http"))
LLM_API_KEY = env.key("LLM_API_KEY") or env.key("MOONSHOT_API_KEY")
LLM_MODEL = env.text("LLM_MODEL")
LLM_DIALECT = env.one_of("LLM_DIALECT", known=DIALECTS)  # unset: by the host
DEMO_MODEL = not (LLM_BASE_URL or LLM_API_KEY)
DEMO_URL = env.url("DEMO_URL", schemes=("http", "https"))
PROMPT_TOKENS = env.number("PROMPT_TOKENS", 32_768, least=1024, most=1_000_000)
REPLY_TOKENS = env.number("REPLY_TOKENS", 1024, least=16, most=100_000)
LLM_CONCURRENCY = env.number_or_none("LLM_CONCURRENCY", least=1, most=10_000)
LLM_REQUESTS_PER_MINUTE = env.number_or_none("LLM_REQUESTS_PER_MINUTE", least=1, most=1_000_000)
LLM_PRICE = env.price("LLM_PRICE")
REINFORCE_EVERY = env.number("REINFORCE_EVERY", 8, least=0, most=1000)
TURNS_PER_MINUTE = env.number("TURNS_PER_MINUTE", 120, least=1, most=100_000)

# The server
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65_535)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
LOCAL_START = not ALLOWED_HOSTS
if LOCAL_START:
    if HOST not in ("127.0.0.1", "localhost", "::1"):
        raise SettingError(
            f"HOST is {HOST!r}, which others can reach. Write ALLOWED_HOSTS too: the names of this site."
        )
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEBUG = False


def _secret_key() -> str:
    """The operator's key, else one made at the first start and kept in var/."""
    if written := env.text("SECRET_KEY"):
        if len(written) < 32:
            raise SettingError("SECRET_KEY is too short. Write at least 32 characters that nobody can guess.")
        return written
    kept = VAR_DIR / "secret_key"
    try:
        with open(kept, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "roleplay.apps.RoleplayConfig",
    "roleplay.conversations.apps.ConversationsConfig",
    "characters.apps.CharactersConfig",
    "allauth",
    "allauth.account",
    "channels",
    "roleplay.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "roleplay.desk.apps.DeskConfig",  # last, since it takes tables of others from the admin
]

# Each of these runs under async views: one that does not would make a shutdown hang.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "roleplay.web.middleware.content_security_policy",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "roleplay.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "roleplay.web.context.model",
            ]
        },
    }
]

# Data
SQLITE_BUSY = 20  # seconds a writer waits for another
POSTGRES_CONNECTIONS = {"min_size": 2, "max_size": 20}  # of the pool, for each process
POSTGRES_BUSY = 10  # seconds somebody waits for a connection of the pool


def _database() -> dict[str, object]:
    url = env.database("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}")
    try:
        database: dict[str, object] = dict(environ.Env.db_url_config(url))
    except (ImproperlyConfigured, ValueError, KeyError):
        raise no_database("DATABASE_URL") from None
    kind = _sqlite() if url.startswith("sqlite:") else _postgres(database.get("OPTIONS", {}))
    return database | {"CONN_MAX_AGE": 0} | kind


def _sqlite() -> dict[str, object]:
    return {
        "OPTIONS": {
            "timeout": SQLITE_BUSY,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    }


def _postgres(options: Any) -> dict[str, object]:
    """`options`: what follows the question mark, such as `sslmode`, or a socket's folder as `host`."""
    from psycopg import ProgrammingError  # 0.3 s, which SQLite need not wait for
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**options)
    except ProgrammingError as error:
        raise SettingError(
            f"DATABASE_URL has something after its question mark that no connection takes ({str(error).strip()})."
        ) from None
    return {
        "CONN_HEALTH_CHECKS": True,  # else the pool gives out connections that died with the database's server
        "OPTIONS": options | {"pool": {**POSTGRES_CONNECTIONS, "timeout": POSTGRES_BUSY}},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits, in this process; one that is crowded out would be forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
CHANNEL_LAYERS = {"default": {"BACKEND": "roleplay.layer.MemoryLayer"}}

# Accounts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "roleplay.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if LOCAL_START else 1  # a site for others stands behind one that speaks TLS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "gallery"
ACCOUNT_LOGOUT_REDIRECT_URL = "gallery"

# Browsers
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL_START
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not LOCAL_START
SECURE_PROXY_SSL_HEADER = None if LOCAL_START else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if LOCAL_START else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL_START
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # bytes: a picture of 5 MiB and its form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a character's form: a card may bring a thousand parts of each kind
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # at once; the page for imports says so

# Languages
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
LOCALE_PATHS = [BASE_DIR / "roleplay" / "locale"]
FORMAT_MODULE_PATH = "roleplay.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "roleplay.staticfiles.HashedStaticFiles"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"roleplay": {"level": "INFO"}},
}
