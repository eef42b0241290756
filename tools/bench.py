"""`make bench`: every measurement, or the ones named: start, stores, breathing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

PARTS = {"start": "tools.bench_start", "breathing": "tools.bench_breathing", "stores": "tools.bench_stores"}


def main(arguments: Sequence[str]) -> int:
    """Run the measurements that are named, or all of them; the rest of the arguments go to each."""
    chosen = [name for name in arguments if name in PARTS] or list(PARTS)
    options = [argument for argument in arguments if argument not in PARTS]
    for name in chosen:
        print(f"\n== {name}")
        import_module(PARTS[name]).main(options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
