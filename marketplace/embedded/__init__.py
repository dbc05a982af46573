"""The servers that come along: a real PostgreSQL and a real Redis-compatible broker in the data folder.

Nothing in this package imports Django or reads settings: it runs before there is a database to configure.
"""
