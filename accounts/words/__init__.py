"""Sentences of the accounts, and about what the audit log says."""
