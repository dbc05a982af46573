"""Sentences about what happens between a person and a vacancy."""
