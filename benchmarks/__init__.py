"""How fast Sumani is, as ratios to the barest work that gives the same answer.

`make bench` runs it; `docs/performance.md` says how to read what it prints.
"""
