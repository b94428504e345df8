"""Everything Sumani needs on one machine, started and stopped by one command."""
