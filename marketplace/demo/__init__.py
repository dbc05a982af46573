"""A demo population with the published shape of the market. Nobody in it is real."""
