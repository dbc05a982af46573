"""Geometry of the graphics: pure functions from plain numbers to positions. No Django, no words."""
