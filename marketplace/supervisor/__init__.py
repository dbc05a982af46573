"""The process behind `make run`: starts servers, worker, beat and web in order, and stops them in order.

It imports neither Django nor settings: it makes the environment in which those can be read.
"""
