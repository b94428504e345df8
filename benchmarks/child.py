"""`python -m benchmarks.child PART …`: one part, in a process with Django set up."""

import argparse
import json
import sys
from dataclasses import asdict, is_dataclass
from typing import Any

import django
from django.utils.module_loading import import_string

from benchmarks.scenarios import scenarios


def main() -> None:
    """Measure and print the result as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.child")
    parser.add_argument("part", help="a module of this package with a `measure`")
    parser.add_argument("--sizes", type=scenarios, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    asked = parser.parse_args()
    django.setup()
    # Models can be imported only now.
    measure = import_string(f"benchmarks.{asked.part}.measure")
    result = measure(asked.sizes, asked.rounds)
    json.dump(result, sys.stdout, default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


if __name__ == "__main__":
    main()
