"""The page of a release for the privacy officer, from what the warehouse says of it:

dbt --quiet run-operation report_data --args '{dataset: loyalty}' > loyalty.json
python tools/report --language ja < loyalty.json > loyalty.html
"""

from __future__ import annotations

import argparse
import json
import sys

from words import LANGUAGES


def main() -> int:
    parser = argparse.ArgumentParser(prog="report", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES, default="ja", help="of the page (default: ja)")
    language = parser.parse_args().language
    try:
        data = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    except ValueError:
        print("report: what was given is no JSON: what did report_data say?", file=sys.stderr)
        return 1
    try:
        from page import page
    except ModuleNotFoundError as error:
        print(f"report: {error.name} is missing: pip install -r requirements-report.txt", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(page(data, language).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
