"""The composition root: settings, URLs, Celery app, embedded servers, health, admin site, home pages."""
