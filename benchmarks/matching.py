"""How long ``match`` takes on the bundled cases, in whichever revision is on the path.

It runs as a script of its own, and asks only for names that every revision since 7f4d0aa has. It
prints an object of microseconds by case.
"""

import gc
import json
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from time import process_time

ON = date(2026, 11, 16)
TIMES = 31
"""How often each case is asked. The shortest time counts: other work disturbed it least."""


def main() -> None:
    """Time every bundled case."""
    casework = import_module("rehabcore.casework")
    jurisdictions = import_module("rehabcore.jurisdictions")
    exchange = "exchange" if find_spec("rehabcore.exchange") else "codec"
    read = import_module(f"rehabcore.{exchange}").read
    case_file = import_module("rehabcore.records").CaseFile
    found = {}
    for name, document in sorted(jurisdictions.examples().items()):
        case, country = read(document, case_file), jurisdictions.load(name.partition("/")[0])
        casework.match(case, country, on=ON)
        gc.collect()
        gc.disable()
        times = []
        for _ in range(TIMES):
            start = process_time()
            casework.match(case, country, on=ON)
            times.append(process_time() - start)
        gc.enable()
        found[name] = min(times) * 1e6
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
