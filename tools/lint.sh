#!/usr/bin/env bash
# Lints SQL, YAML and Python; every linter runs, and the script fails if one of them does.
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0

# sqlfluff may leave out a file that it cannot template and still exit 0: that is a failure here.
lint_sql() {
    sqlfluff lint --disable-progress-bar --nocolor "$@" 2>&1 | tee "$log" || failed=1
    if grep -qiE 'skipped file|skipping|templating error|compilation error' "$log"; then
        echo "lint: sqlfluff did not lint every file" >&2
        failed=1
    fi
}

paths=()
for path in models tests/unit tests/assertions analyses; do
    if [ -n "$(find "$path" -name '*.sql' -print -quit 2>/dev/null)" ]; then
        paths+=("$path")
    fi
done
lint_sql "${paths[@]}"

# sqlfluff looks at the text of a model, not at what its macros render: that is what the golden files show, one
# folder per dialect. Rendered expressions are long and quoted throughout, so layout and quoting are not judged there.
off=structure.column_order,structure.subquery,references.keywords,references.quoting,references.special_chars
off=$off,ambiguous.column_references,aliasing.unused,aliasing.self_alias.column,layout.long_lines,layout.indent
off=$off,layout.keyword_newline,layout.select_targets
raw=(--templater raw --exclude-rules "$off")
for golden in tests/python/golden/*/; do
    if [ -n "$(find "$golden" -name '*.sql' -print -quit)" ]; then
        lint_sql "${raw[@]}" --dialect "$(basename "$golden")" "$golden"
    fi
done

yamllint --strict . || failed=1
ruff check . || failed=1
ruff format --check . || failed=1
exit "$failed"
