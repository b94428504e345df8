"""Pictures of the main pages, taken while the sample contest runs: `make screens`."""
