# Works in a fresh clone with Python 3.11 and make; nothing but the package registry is reached over the network.
VENV   ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN    := $(if $(filter /%,$(VENV)),$(VENV),$(CURDIR)/$(VENV))/bin
STAMP  := $(VENV)/.requirements

export PATH := $(BIN):$(PATH)
export DBT_PROFILES_DIR := $(CURDIR)
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

DATASET ?= loyalty
DATE ?= $(shell date +%Y-%m-%d)
.PHONY: help setup demo report test mutate assurance audit-deps lint docs bench clean

help:
	@echo "make setup | demo | report | test | mutate | assurance | audit-deps | lint | docs | bench | clean"

setup: $(STAMP) profiles.yml

$(STAMP): requirements.txt
	"$(PYTHON)" -c "import sys; sys.exit(sys.version_info[:2] != (3, 11) and 'tokumei: make needs Python 3.11')"
	"$(PYTHON)" -m venv $(VENV)
	"$(BIN)/python" -m pip install --quiet --requirement requirements.txt
	cp requirements.txt $@

profiles.yml:
	cp profiles.example.yml $@

# The example on DuckDB: seeds, marts, data tests, a page to publish, a report, docs, then a look at what analysts get.
demo: setup
	"$(BIN)/dbt" build --target duckdb
	mkdir -p target/publication
	"$(BIN)/dbt" --quiet run-operation publication_page --target duckdb --args '{dataset: loyalty}' > target/publication/loyalty.html
	"$(MAKE)" report DATASET=loyalty
	"$(BIN)/dbt" --quiet docs generate --static --target duckdb
	"$(BIN)/python" tools/show_demo.py

# The report of the newest release of a dataset, for the privacy officer: `make report DATASET=loyalty`.
report: setup
	mkdir -p target/report
	"$(BIN)/dbt" --quiet run-operation report_data --target duckdb --args '{dataset: $(DATASET)}' > target/report/$(DATASET).json
	"$(BIN)/python" tools/report --language ja < target/report/$(DATASET).json > target/report/$(DATASET).ja.html
	"$(BIN)/python" tools/report --language en < target/report/$(DATASET).json > target/report/$(DATASET).en.html
	@echo "report: $(CURDIR)/target/report/$(DATASET).ja.html, $(DATASET).en.html"

# Every engine (Spark where there is Java 17 or 21). `make test PYTEST_ARGS="-k duckdb"` runs a part.
test: setup
	"$(BIN)/python" -m pytest -n 2 --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

# The gate's lines removed or weakened in turn, on DuckDB; `make mutate MUTATE_ARGS="--sample 5 macros/audits/audit_t*.sql"` tries a part.
mutate: setup
	"$(BIN)/python" tools/mutation/mutate.py $(MUTATE_ARGS)

# docs/assurance.md, from what the last `make test` and `make mutate` recorded.
assurance: setup
	"$(BIN)/python" tools/assurance.py --date $(DATE)

# Known vulnerabilities of what requirements.txt pins: `make audit-deps ADVISORIES=<a clone of the PyPA advisory database>` asks
# nobody; without it pip-audit asks the package registry, and --strict fails where it was not answered.
audit-deps: setup
ifdef ADVISORIES
	"$(BIN)/python" tools/audit_deps.py "$(ADVISORIES)"
else
	"$(PYTHON)" -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet pip-audit
	$(VENV)-audit/bin/pip-audit --strict --no-deps --disable-pip --requirement requirements.txt
endif

lint: setup
	tools/lint.sh

docs: setup
	"$(BIN)/dbt" docs generate --static --target duckdb
	@echo "docs: $(CURDIR)/target/static_index.html"

# Each writes its table into docs/benchmarks.md: an hour and a half on two cores with nothing else running, 60 GB of disk.
bench: setup
	for one in run gate by_hand purchases techniques search spark; do "$(BIN)/python" benchmarks/page.py $$one.py || exit 1; done
	"$(BIN)/python" benchmarks/page.py recoding.py --rows 1000000
	"$(PYTHON)" -m venv $(VENV)-beside
	$(VENV)-beside/bin/python -m pip install --quiet anjana pycanon
	"$(BIN)/python" benchmarks/page.py $(VENV)-beside/bin/python beside.py

# Removes what was built, the demo's warehouse included; the virtual environment and profiles.yml stay.
clean:
	rm -rf target logs .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
