"""Pure conditions of assessments."""
