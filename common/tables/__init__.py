"""Tables that people bring along and take away: CSV and Excel. No word of any room stands here; each says its own columns."""
