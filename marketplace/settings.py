"""Settings of every process. Values that differ between places come from the environment."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from common.clock import use_pinned_tzdata
from marketplace.api import configuration
from marketplace.embedded.state import connection_urls
from marketplace.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

use_pinned_tzdata()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
_embedded = {} if "DATABASE_URL" in env.ENVIRON else connection_urls(VAR_DIR) or {}

# Only the embedded servers of `make run` are a demonstration; any other terminal that finds them joins it.
DEMO = env.bool("DEMO", default=bool(_embedded))
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default=_embedded.get("secret_key", ""))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DATABASE_URL = env("DATABASE_URL", default=_embedded.get("database_url", ""))
REDIS_URL = env("REDIS_URL", default=_embedded.get("redis_url", ""))
if not (DATABASE_URL and REDIS_URL and SECRET_KEY):
    raise ImproperlyConfigured(
        "No database, broker or secret key: start `make run`, or set DATABASE_URL, REDIS_URL and SECRET_KEY."
    )

SITE_ORIGIN = env("SITE_ORIGIN", default="http://localhost:8000")
HTTPS = SITE_ORIGIN.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_ORIGIN])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "marketplace",
    "placements",
    "matching",
    "assessments",
    "vacancies",
    "candidates",
    "employers",
    "reference",
    "accounts",
    "common",
    "marketplace.administration.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are small over the line without a proxy, too. A random length hides what a guessed secret would shorten.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "common.devices.DevicePolicyMiddleware",
    "common.middleware.NoZeroByteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.middleware.NothingAheadMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.KeepTypedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.PersonalSettingsMiddleware",
    "accounts.middleware.StaffNeedMFAMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.middleware.MethodPageMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.navigation.page_frame",
            ],
        },
    }
]

DATABASES = {"default": {**env.db_url_config(DATABASE_URL), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_USER_MODEL = "accounts.User"
# Uniqueness without regard to case is a database constraint on Lower(email), which this check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.sign_up.SignUpForm",
    "change_password": "accounts.forms.passwords.PasswordForm",
    "reset_password_from_key": "accounts.forms.passwords.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.AppCodeForm",
    "add_webauthn": "accounts.forms.second_factor.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Marketplace"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Beside the limits of allauth: previews of the desk, which anybody may begin and which leave rows behind.
ACCOUNT_RATE_LIMITS = {"desk_preview": "60/h/ip"}

# Mail leaves through the outbox table; EMAIL_URL is where its sender delivers.
EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
EMAIL_DELIVERY = env.email_url_config(env("EMAIL_URL")) if env("EMAIL_URL", default="") else None
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="no-reply@marketplace.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_KEPT_DAYS = env.int(
    "MAIL_KEPT_DAYS", default=30
)  # then a mail leaves the outbox, with its address and codes

# Who agreed to be listed says so again every so many days with one tap; these many days before, they are reminded.
LISTED_DAYS = 90
LISTED_REMIND_DAYS = (14, 3)
NOTIFICATIONS_KEPT_DAYS = env.int("NOTIFICATIONS_KEPT_DAYS", default=180)  # read or not

# Celery
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Longer than the longest hard limit, or a slow task would be delivered to a second worker while it still runs.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 0,  # a page must not wait for a broker that is gone; sweeps find the work
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# How many workers share the ranking of one vacancy; 1 = whoever takes the message ranks it alone.
RANKING_SHARDS = env.int("RANKING_SHARDS", default=1)
RANKING_THREADS = env.int("RANKING_THREADS", default=min(2, os.cpu_count() or 1))  # changes no result
RANKING_JOB_SECONDS = env.int("RANKING_JOB_SECONDS", default=120)  # after so long its messages are sent again
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# Matching: on how many shortlists one person is shown at once, and how many people a shortlist shows for each opening.
SHORTLISTS_PER_PERSON = env.int("SHORTLISTS_PER_PERSON", default=5)
SHOWN_PER_OPENING = env.int("SHOWN_PER_OPENING", default=10)
if min(SHORTLISTS_PER_PERSON, SHOWN_PER_OPENING) < 1:
    raise ImproperlyConfigured("SHORTLISTS_PER_PERSON and SHOWN_PER_OPENING are at least 1.")

# Matching: see docs/pool.md
POOL_DIR = VAR_DIR / "pool"  # one folder of memory-mapped people for all processes of this host
POOL_LOG_DAYS = env.int("POOL_LOG_DAYS", default=3)  # how long the log of changed people reaches back
POOL_VERSION_DAYS = env.int("POOL_VERSION_DAYS", default=184)  # how long rankings can be replayed
# No ranking refers to it and as many hours went by: a state of the pool is deleted.
POOL_SPARE_HOURS = env.int("POOL_SPARE_HOURS", default=24)
# So long after another took its place a ranking, or a round that shared out places, can still be looked up.
RANKINGS_KEPT_DAYS = env.int("RANKINGS_KEPT_DAYS", default=POOL_VERSION_DAYS)
ROUNDS_KEPT_DAYS = env.int("ROUNDS_KEPT_DAYS", default=400)
if RANKINGS_KEPT_DAYS < POOL_VERSION_DAYS:
    raise ImproperlyConfigured("RANKINGS_KEPT_DAYS is at least POOL_VERSION_DAYS.")
if ROUNDS_KEPT_DAYS < 184:
    raise ImproperlyConfigured("ROUNDS_KEPT_DAYS is at least 184.")  # the database refuses below 180

# Assessments: see docs/rated.md. Deadlines of ratings and appeals count the working days of PLATFORM_COUNTRY.
RECORDINGS_DIR = Path(env("RECORDINGS_DIR", default=str(VAR_DIR / "recordings")))  # all web hosts share it
# So long after the result sound and texts of rated tests are deleted.
RECORDINGS_KEPT_DAYS = env.int("RECORDINGS_KEPT_DAYS", default=180)
WRITTEN_WORK_KEPT_DAYS = env.int("WRITTEN_WORK_KEPT_DAYS", default=180)
if min(RECORDINGS_KEPT_DAYS, WRITTEN_WORK_KEPT_DAYS) <= 30:
    raise ImproperlyConfigured("Rated work is kept for more than 30 days: so long can a result be appealed.")
PLATFORM_COUNTRY = env("PLATFORM_COUNTRY", default="NL")

# A refused company may appeal for so many days, and is promised an answer within so many working days of that country.
COMPANY_APPEAL_DAYS = env.int("COMPANY_APPEAL_DAYS", default=30)
COMPANY_APPEAL_ANSWER_DAYS = env.int("COMPANY_APPEAL_ANSWER_DAYS", default=10)

# Applications: see docs/applications.md. Days are working days of the country that has to answer.
PROMISE_DAYS = {
    state: env.int(f"PROMISE_DAYS_{state.upper()}", default=days)
    for state, days in {
        "invited": 5, "interested": 5, "both_interested": 5, "in_interview": 10, "offered": 5,
    }.items()
}  # fmt: skip
REMIND_DAYS = env.int("REMIND_DAYS", default=2)  # so long before the date who owes the answer is reminded
GRACE_DAYS = env.int("GRACE_DAYS", default=5)  # so long after it an employer can still answer
QUIET_DAYS = env.int(
    "QUIET_DAYS", default=30
)  # calendar days; so long somebody who let an invitation pass waits
if min(*PROMISE_DAYS.values(), GRACE_DAYS) < 1 or REMIND_DAYS < 0 or QUIET_DAYS < 0:
    raise ImproperlyConfigured("PROMISE_DAYS_… and GRACE_DAYS are at least 1, REMIND_DAYS and QUIET_DAYS 0.")

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "common.formats"

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# Browsers keep one jar for all ports of a host: installations beside each other need names of their own.
COOKIE_SUFFIX = env("COOKIE_SUFFIX", default="")
SESSION_COOKIE_NAME = f"sessionid{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"csrftoken{COOKIE_SUFFIX}"
LANGUAGE_COOKIE_NAME = f"django_language{COOKIE_SUFFIX}"
AUTHOR_COOKIE_NAME = f"author{COOKIE_SUFFIX}"  # whose typed form may be shown again after signing in
CSRF_FAILURE_VIEW = "marketplace.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# The API for employers' systems: see docs/api.md. Requests a minute for each token.
API_RATES = {
    "read": env.int("API_READS_A_MINUTE", default=600),
    "write": env.int("API_WRITES_A_MINUTE", default=120),
    "what-if": env.int("API_WHAT_IFS_A_MINUTE", default=120),
    "stranger": env.int("API_STRANGERS_A_MINUTE", default=60),
}
# Webhooks: see docs/api.md. Only tests send to this very machine; WEBHOOK_CA_FILE is trusted beside the system's list.
WEBHOOKS_TO_LOOPBACK = env.bool("WEBHOOKS_TO_LOOPBACK", default=False)
WEBHOOK_CA_FILE = env("WEBHOOK_CA_FILE", default="")
WEBHOOKS_KEPT_DAYS = env.int("WEBHOOKS_KEPT_DAYS", default=30)

REST_FRAMEWORK = configuration.REST_FRAMEWORK
SPECTACULAR_SETTINGS = {**configuration.SPECTACULAR, "SERVERS": [{"url": SITE_ORIGIN}]}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
