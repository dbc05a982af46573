"""Versions of the texts that candidates agree to; a changed text gets a new one, so that the record says what was read.

The texts stand in `templates/candidates/consent_listed.html` and `consent_freelance.html`.
"""

# 1: name and address are hidden "until you show interest in their vacancy yourself".
# 2: they are hidden until the person says so for one vacancy. It allows less than 1, so who agreed to 1 agreed to 2.
LISTED_TEXT_VERSION = "2"
FREELANCE_TEXT_VERSION = "1"
