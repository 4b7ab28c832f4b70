PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check -qq install
TOGETHER := --numprocesses 4 --dist worksteal
LOCK := $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run test coverage chaos check lint types architecture format docs bench lock clean

help:  ## Show this list
	@echo "Creditline: who must be credited for an article, how, and under which license."
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.package  ## Serve at http://127.0.0.1:8000/ with SQLite under ./var (HOST, PORT, CREDITLINE_* apply)
	@$(BIN)/creditline migrate
	@exec $(BIN)/creditline serve

test: $(VENV)/.development $(VENV)/.package  ## Run the tests on SQLite and PostgreSQL
	@$(BIN)/python -m pytest $(TOGETHER)

coverage: export COVERAGE_FILE := $(CURDIR)/.coverage
coverage: export COVERAGE_PROCESS_START := $(CURDIR)/setup.cfg
coverage: $(VENV)/.development $(VENV)/.package  ## Run the tests with branch coverage, which takes twice as long
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(TOGETHER)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

check: lint types architecture test  ## Everything that CI runs

lint: $(VENV)/.development  ## Check style and formatting
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

types: $(VENV)/.development $(VENV)/.package  ## Check the types
	@$(BIN)/mypy

architecture: $(VENV)/.development $(VENV)/.package  ## Check that imports point down only
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.development  ## Format the code and mend what can be mended
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

docs: $(VENV)/.package  ## Write the generated tables of the documentation anew
	@$(BIN)/python docs/generate.py

chaos: $(VENV)/.development $(VENV)/.package  ## Prove the invariants under load and kill -9, the long way
	@CHAOS=long $(BIN)/python -m pytest tests/chaos

bench: $(VENV)/.development $(VENV)/.package  ## Measure throughput and latency
	@$(BIN)/python -m benchmarks

lock: $(VENV)/lock/.made  ## Resolve requirements/*.in into hash locks (UPGRADE=--upgrade takes newer releases)
	@for name in build runtime development; do \
		$(LOCK) $(UPGRADE) requirements/$$name.in --output-file requirements/$$name.txt || exit; \
	done

clean:  ## Remove the virtual environment and what tools left behind; ./var stays
	@rm -rf $(VENV) build dist *.egg-info .coverage .coverage.* htmlcov
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: each is made once, and again only when what it was made from has changed.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Creditline needs Python 3.11 or later; name one, such as: make PYTHON=python3.11 run" >&2; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt | $(VENV)/.made
	@echo "Installing what the service needs …"
	@$(INSTALL) --require-hashes --no-deps -r requirements/build.txt -r requirements/runtime.txt
	@touch $@

$(VENV)/.package: pyproject.toml setup.cfg $(VENV)/.runtime
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.runtime
	@echo "Installing what tests and checks need …"
	@$(INSTALL) --require-hashes --no-deps -r requirements/development.txt
	@touch $@

$(VENV)/lock/.made: | $(VENV)/.made
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check -qq install uv
	@touch $@
