"""Forms of what happens between a person and a vacancy."""
