"""The demonstration: a whole contest through the REST API, and fast sample data."""
