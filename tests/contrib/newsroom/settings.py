"""Settings of the site."""

SECRET_KEY = "only for tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver"]
INSTALLED_APPS = [
    "adslot.contrib.django",
    "tests.contrib.newsroom",
    "wagtail.admin",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tests.contrib.newsroom.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {"extensions": ["adslot.contrib.django.jinja.Adslot"]},
    },
]
MIGRATION_MODULES = dict.fromkeys(  # tables are made as they are now, which is faster
    ["contenttypes", "auth", "sessions", "taggit", "wagtailcore", "wagtailadmin", "wagtailusers", "wagtailimages"]
    + ["wagtaildocs", "wagtailsearch", "newsroom"]
)
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
USE_TZ = True
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Landbote"
WAGTAILADMIN_BASE_URL = "http://testserver"
LOGGING_CONFIG = None  # pytest looks at the logs
ADSLOT = {
    "POLICY": {
        "slots": {
            "ad": {"kind": "ad", "label": "Anzeige", "template": "<b>{{ context.section }}</b>"},
            "more": {"kind": "teaser"},
        },
        "rules": [
            {"name": "mid", "slot": "ad", "max": 2, "apart": "1 block"},
            {"name": "end", "slot": "more", "at": "end"},
        ],
        "cases": [{"when": {"ads": False}, "limits": {"ads": 0}}],
    },
    "POLICIES": {"quiet": {"slots": {}}},
    "CONTEXT": "tests.contrib.newsroom.said.context",
    "RELATED": "tests.contrib.newsroom.said.related",
}
