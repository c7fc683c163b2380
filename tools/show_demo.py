"""Shows what `make demo` has built: the first rows of the marts, the items, the releases."""

import sys
from pathlib import Path
from unicodedata import east_asian_width

import duckdb

ROOT = Path(__file__).resolve().parent.parent
WAREHOUSE = ROOT / "target" / "tokumei.duckdb"
DOCS = ROOT / "target" / "static_index.html"
PAGE = ROOT / "target" / "publication" / "loyalty.html"
REPORT = ROOT / "target" / "report" / "loyalty.ja.html"
ROWS, FEW_ROWS = 5, 3
# The retailer is shown at length, the other domains briefly.
SHOWN = {
    "marts of the retailer": (["customers_anonymized", "purchases_anonymized"], ROWS),
    "marts of the hospitals": (["checkups_anonymized", "diagnoses_anonymized"], FEW_ROWS),
    "mart of the school": (["pupils_anonymized"], FEW_ROWS),
    "marts of the railway": (["riders_anonymized", "taps_anonymized"], FEW_ROWS),
    "marts of the smart meters": (["homes_anonymized", "meter_readings_anonymized"], FEW_ROWS),
    "items and terms (what the privacy officer publishes)": (["publication_items", "publication_terms"], ROWS),
    "releases": (["releases", "dataset_releases"], ROWS),
}
CELL_WIDTH = 24
PAGE_WIDTH = 120


def width(text: str) -> int:
    """Columns of a terminal: a full-width character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    if width(text) <= CELL_WIDTH:
        return text
    while width(text) >= CELL_WIDTH:
        text = text[:-1]
    return f"{text}…"


def draw(rows: list[list[str]]) -> tuple[list[str], int]:
    """Lines of equal columns, and how wide they are."""
    widths = [max(width(text) for text in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [text + " " * (w - width(text)) for text, w in zip(row, widths, strict=True)]
        lines.append("  " + "  ".join(padded).rstrip())
    return lines, sum(widths) + 2 * len(widths)


def table(header: list[str], records: list[tuple]) -> list[str]:
    """A record per line, or, where that is too wide for the page, a column per line."""
    rows = [header, *([cell(value) for value in record] for record in records)]
    lines, total = draw(rows)
    if total <= PAGE_WIDTH:
        return [lines[0], "  " + "─" * (total - 2), *lines[1:]]
    by_column = [list(column) for column in zip(*rows[:4], strict=True)]
    return draw(by_column)[0]


def show(connection: duckdb.DuckDBPyConnection, relation: str, rows: int) -> None:
    (count,) = connection.execute(f'select count(*) from main."{relation}"').fetchone()
    result = connection.execute(f'select * from main."{relation}" limit {rows}')
    header = [column[0] for column in result.description]
    print(f"\nmain.{relation}: {count:,} row{'' if count == 1 else 's'}")
    print("\n".join(table(header, result.fetchall())))


def main() -> int:
    if not WAREHOUSE.exists():
        print(f"{WAREHOUSE} is missing: run `make demo`", file=sys.stderr)
        return 1
    failed = False
    with duckdb.connect(str(WAREHOUSE), read_only=True) as connection:
        for relations, rows in SHOWN.values():
            for relation in relations:
                try:
                    show(connection, relation, rows)
                except duckdb.Error:
                    print(f"main.{relation} could not be read", file=sys.stderr)
                    failed = True
    print(f"\nWarehouse: {WAREHOUSE}")
    for title, (relations, _) in SHOWN.items():
        print(f"  {title}: {', '.join(f'main.{relation}' for relation in relations)}")
    print(f"Page to publish: {PAGE}")
    print(f"Report for the privacy officer: {REPORT} (in English: {REPORT.with_name('loyalty.en.html').name})")
    print(f"Docs: {DOCS}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
