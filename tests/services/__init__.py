"""The real PostgreSQL and Valkey that the tests and benchmarks bring with them."""
