"""The only writers of assessments."""
