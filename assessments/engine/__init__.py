"""The numbers of adaptive testing: pure functions, no database, no clock, explicit randomness.

Abilities and difficulties are in logits on the logistic metric (D = 1). The package `mirt` is imported inside
the functions that need it, because it brings SciPy and would cost every process half a second at its start.
"""
