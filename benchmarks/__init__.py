"""Measurements of how fast the market is, against peers that do the same job. Run by `make bench`, never by the gate."""
