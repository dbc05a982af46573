"""Versions of the texts that candidates agree to; a changed text gets a new one, so that the record says what was read.

The texts stand in `templates/candidates/consent_listed.html` and `consent_freelance.html`.
"""

LISTED_TEXT_VERSION = "1"
FREELANCE_TEXT_VERSION = "1"
