"""Django settings, read from the environment (see .env.example).

With nothing set this is a safe development configuration on SQLite. With ``DEBUG=False``
each secret must be given, or the start stops and names what is missing.
"""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF

from cse_tracker.env import (
    BASE_DIR,
    env_bool,
    env_database,
    env_email,
    env_list,
    env_required,
    env_text,
)

DEBUG = env_bool("DEBUG", default=True)
# Off only behind no proxy at all: the demonstration on 127.0.0.1 and the tests.
HTTPS = env_bool("HTTPS", default=not DEBUG)

if DEBUG:
    SECRET_KEY = env_text(
        "SECRET_KEY", default="development-only-key-never-used-in-production"
    )
else:
    SECRET_KEY = env_required(
        "SECRET_KEY",
        remedy="Set it to 50 or more random characters, or set DEBUG=True.",
    )

ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS", default="127.0.0.1,localhost" if DEBUG else ""
)
if not DEBUG and not ALLOWED_HOSTS:
    env_required(
        "ALLOWED_HOSTS", remedy="Name the host names people use, separated by commas."
    )
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# What this machine keeps: the SQLite file, uploads, the embedded broker, collected static files.
DATA_DIR = Path(env_text("DATA_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "cse_tracker.accounts",
    "cse_tracker.core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "assessments",
    "evidence",
    "actions",
    "reports",
    "cse_tracker.overview",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cse_tracker.accounts.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cse_tracker.core.middleware.MethodNotAllowedMiddleware",
]

ROOT_URLCONF = "cse_tracker.urls"
WSGI_APPLICATION = "cse_tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "cse_tracker.accounts.context.navigation",
            ],
            "builtins": ["cse_tracker.core.templatetags.cse"],
        },
    }
]
# Form widgets come from our templates, so that the template pack decides their markup.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
# A layout that names a field which is not there is a defect, not a blank.
CRISPY_FAIL_SILENTLY = False

# Database: SQLite for one machine, PostgreSQL for production.
DATABASES = {
    "default": env_database(
        "DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
    )
}
_database: dict[str, Any] = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # A transaction that will write takes its lock at once, so that it waits instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True

# One address of Redis gives cache and broker; without it both stay on this machine.
REDIS_URL = env_text("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
        if REDIS_URL
        # Shared by all processes, so rate limits hold whichever worker answers.
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    )
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["full_name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "cse_tracker.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cse_tracker.accounts.sign_in_forms.LoginForm",
    "reset_password": "cse_tracker.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "cse_tracker.accounts.sign_in_forms.ResetPasswordKeyForm",
    "change_password": "cse_tracker.accounts.sign_in_forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Accounts are made by an administrator, so the address is known to be right.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# An account is guarded first, so that a guesser is slowed and does not use up what colleagues
# behind the same address may do; for the same reason signing in as such has no limit.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key,60/m/ip",
    "reset_password": "5/h/key,60/m/ip",
    "reset_password_from_key": "60/m/ip",
    "change_password": "10/m/user",
    # Ours: mails that invite one person.
    "invite": "5/h/key",
    # Ours: turning what was pasted into text costs the server more than a page does.
    "paste": "60/m/user",
}
# With HTTPS there is a proxy in front, and the address it adds is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SESSION_IDLE_SECONDS = 2 * 60 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# How long what somebody typed and did not save waits for them.
DRAFT_DAYS = 30

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = ["cse_tracker.core.formats"]

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = env_text("MEDIA_ROOT", default=str(DATA_DIR / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Only uploads are private: another account serves what collectstatic wrote.
        "OPTIONS": {"file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The page of all elements posts some hundred fields at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_MAX_BYTES = 25 * 1024 * 1024

# Security headers
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Email: without a server each message becomes a file in var/mail.
vars().update(env_email("EMAIL_URL", default=f"filemail:///{DATA_DIR / 'mail'}"))
DEFAULT_FROM_EMAIL = env_text(
    "DEFAULT_FROM_EMAIL", default="CSE Tracker <noreply@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where people reach the site: invitations and reminders lead there.
SITE_URL = env_text(
    "SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000",
)

# So many days before a certificate runs out, those who look after it are reminded by mail.
CERTIFICATE_REMINDER_DAYS = (180, 90, 30, 7)

# Background work
# A worker that is silent for this long is taken for dead.
JOB_LEASE_SECONDS = 15.0
JOB_HEARTBEAT_SECONDS = 4.0
# A row that nobody took for this long lost its message.
JOB_PUBLISH_AGAIN_SECONDS = 15.0
# The host means nothing there; without one kombu warns at each start.
CELERY_BROKER_URL = REDIS_URL or "embedded://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
if REDIS_URL:
    # A dead broker must cost a person seconds, not minutes; the sweeper finds the row later.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 600,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        # How often a web process tries to connect: by itself it would take six seconds.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    }
else:
    _broker = DATA_DIR / "broker"
    for _folder in ("messages", "control"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "messages"),
        "data_folder_out": str(_broker / "messages"),
        "control_folder": str(_broker / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-papers": {"task": "reports.tasks.sweep_papers", "schedule": 10.0},
    "forget-old-drafts": {
        "task": "cse_tracker.accounts.tasks.forget_old_drafts",
        "schedule": 6 * 60 * 60.0,
    },
    "forget-ended-sessions": {
        "task": "cse_tracker.accounts.tasks.forget_ended_sessions",
        "schedule": 6 * 60 * 60.0,
    },
    # Together within the minute; each mail is claimed, so doubled messages do no harm.
    "send-notifications": {
        "task": "cse_tracker.accounts.tasks.send_notifications",
        "schedule": 60.0,
    },
    # Says nothing twice, so it may ask often: whoever starts late is told late, not never.
    "remind": {"task": "actions.tasks.remind", "schedule": 30 * 60.0},
    "remind-of-certificates": {
        "task": "assessments.tasks.remind_of_certificates",
        # Before people begin work; the hour is local time.
        "schedule": crontab(hour="7", minute="0"),
    },
    "note-beat": {"task": "cse_tracker.core.tasks.note_beat", "schedule": 20.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", default="INFO")},
}
