"""The API for employers' own systems: where its parts are put together, described and shown."""
