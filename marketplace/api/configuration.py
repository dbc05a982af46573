"""How the libraries of the API are set; part of the settings."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["employers.api.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["employers.api.access.TokenMay"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.api.bodies.BoundedJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["employers.api.access.TokenThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Marketplace",
    "VERSION": "1",
    "DESCRIPTION": "Vacancies, explained shortlists and applications of one employer, for its own systems.",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "WEBHOOKS": ["employers.api.schema.MESSAGE"],
    "POSTPROCESSING_HOOKS": [],  # choices stand where they are used
}
