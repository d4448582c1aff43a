"""One settings file; the environment decides (see .env.example and docs/van-hanh.md)."""

from datetime import timedelta
from pathlib import Path

from celery.schedules import schedule
from csp.constants import NONE, SELF

from config import env as reader
from config.env import env

BASE_DIR = Path(__file__).resolve().parent.parent
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")
MODE = reader.read_mode()
DEMO_MODE = MODE == reader.DEMO
VAR_DIR = Path(env.str("LANTOA_VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)
VERSION = "0.1.0"

# --- Safety -----------------------------------------------------------------------------------------------------------
DEBUG = False
if DEMO_MODE:
    reader.make_secret(VAR_DIR / "secret-key")
SECRET_KEY = (
    "test-only-" + "k" * 50
    if MODE == reader.TEST
    else reader.read_secret("SECRET_KEY", fallback_file=VAR_DIR / "secret-key")
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if MODE == reader.PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if MODE == reader.TEST:
    ALLOWED_HOSTS += ["testserver"]
SITE_URL = env.str("SITE_URL", default="" if MODE == reader.PRODUCTION else "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
# Over plain HTTP (the trial and the office PC) cookies cannot be Secure, so they drop the __Host- prefix too.
HTTPS = env.bool("LANTOA_HTTPS", default=MODE == reader.PRODUCTION)
SESSION_COOKIE_NAME = "__Host-lantoa" if HTTPS else "lantoa"
CSRF_COOKIE_NAME = "__Host-lantoa-csrf" if HTTPS else "lantoa-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
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
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = 12 * 1024 * 1024

# --- What it is made of -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "config",
    "units",
    "documents",
    "campaigns",
    "reports",
]
MIDDLEWARE = [
    "config.middleware.ServiceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.LengthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "units.middleware.AccessMiddleware",
    "units.middleware.SessionBookMiddleware",
    "units.middleware.AccountStepsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "config.context.page",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Data -------------------------------------------------------------------------------------------------------------
DATABASES = {"default": reader.read_database(VAR_DIR)}
# In the database, so that limits and used one-time codes hold over all workers; made by a migration of units.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
MEDIA_ROOT = VAR_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == reader.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "units.backends.CardBackend",
    "units.backends.PhoneBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the tests log in a thousand times
    if MODE == reader.TEST
    else ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "units.passwords.WardWordsValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
FIRST_USE_URL = "/bat-dau/"  # every page leads there while there is no user at all
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=MODE == reader.PRODUCTION)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # by address alone one wrong guess would lock out a whole office
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False  # not a line of its own at every start of every command
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_CLIENT_IP_CALLABLE = "units.addresses.client_ip"
AXES_DISABLE_ACCESS_LOG = True  # log-ins are in our own audit trail
OFFICE_IDLE_MINUTES = env.int("OFFICE_IDLE_MINUTES", default=15 if MODE == reader.PRODUCTION else 60)
ACCOUNT_ADAPTER = "units.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Guesses of passwords are counted by axes, in the database; "login_failed" limits codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/10m/key"}
ACCOUNT_FORMS = {
    "login": "units.forms.login.LoginForm",
    "change_password": "units.forms.login.ChangePasswordForm",
    "reauthenticate": "units.forms.login.ReauthenticateForm",
}
MFA_ADAPTER = "units.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Browsers hand out keys over HTTPS alone; "localhost" of the trial is their one exception.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Lan Tỏa"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "units.forms.login.AuthenticateForm",
    "reauthenticate": "units.forms.login.ReauthenticateByCodeForm",
    "activate_totp": "units.forms.login.ActivateTOTPForm",
    "add_webauthn": "units.forms.login.AddKeyForm",
}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

# --- Mail -------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if env.str("EMAIL_HOST", default="")
    else "django.core.mail.backends.locmem.EmailBackend"
    if MODE == reader.TEST
    else "django.core.mail.backends.dummy.EmailBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=465)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=bool(EMAIL_HOST) and EMAIL_PORT == 465)
EMAIL_TIMEOUT = 30
# Calls that leave the installation (campaigns/outgoing): "host:port" of gateways in the office's own network, which is
# otherwise never called, and the file of that network's own certificate authority.
OUTGOING_INSIDE = env.list("OUTGOING_INSIDE", default=[])
# The push services of browsers: "host", "*.host" (any name below) or "host:port". An address a browser gives is called
# only when it is one of these.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=["fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"],
)
OUTGOING_CA_FILE = env.str("OUTGOING_CA_FILE", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Lan Tỏa <khong-tra-loi@localhost>")

# --- What happens around an act of one app in the apps above it (each in the same transaction, in this order) -----------
PLAN_ISSUE_EFFECTS = ["reports.services.rubrics.pin_rubric"]
DRAFT_WARNING_BY = "campaigns.selectors.draft_warnings.draft_warning"  # what the figures say against a paper before it is numbered
PERSON_TOLD_BY = "campaigns.services.notifications.notify"  # how the ground floor puts a line into a person's own list

# --- Clock and queue: the database holds what is due; Celery only rings (docs/adr/0003) ----------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
CLOCK_TICK_SECONDS = env.int("CLOCK_TICK_SECONDS", default=60)
CLOCK_JOB_SECONDS = 5
# Reminders keep silent at night, at weekends and over Tết; trials of the senders switch that off.
REMIND_AT_ANY_HOUR = env.bool("REMIND_AT_ANY_HOUR", default=False)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = not REDIS_URL
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300} if REDIS_URL else {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "campaigns.tick",
        "schedule": schedule(CLOCK_TICK_SECONDS),
        "options": {"expires": max(1, CLOCK_TICK_SECONDS - 5)},
    },
    "jobs": {
        "task": "units.run_jobs",
        "schedule": schedule(CLOCK_JOB_SECONDS),
        "options": {"expires": CLOCK_JOB_SECONDS},
    },
}

# --- Log --------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Both tell every step of every PDF.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "weasyprint.progress", "fontTools")},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING" if MODE == reader.TEST else "INFO")},
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # user names are unique without regard to case, by a functional constraint
