# Two commands matter: `make run` and `make test`. Everything else is for those who build it.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
UV := $(BIN)/uv pip install --quiet --no-config --compile-bytecode --python $(BIN)/python
# The folder with the public data sets of the bench and of training; see evals/README.md.
DATA ?=
ARGS ?=

.PHONY: run chat test check format bench eval torture lock setup clean

run: setup  ## the service, with a chat page
	@$(BIN)/quiethand up $(ARGS)

chat: setup  ## talk to the demo brand in the terminal
	@$(BIN)/quiethand chat $(ARGS)

test: setup  ## all quick tests, three at a time
	@$(BIN)/pytest -m "not slow" -n 3 --dist loadfile $(ARGS)

torture: setup  ## the long tests
	@$(BIN)/pytest -m slow $(ARGS)

check: setup  ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup  ## the numbers we promise; make bench DATA=folder-with-the-public-data-sets
	@$(BIN)/quiethand bench all $(if $(DATA),--data $(DATA)) $(ARGS)

eval: setup  ## play every case offline, print a table, write report.html
	@$(BIN)/python -m evals.run $(ARGS)

lock: $(BIN)/uv  ## solve every dependency again, hashed, for all platforms
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--override requirements.override --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" --output-file requirements.lock --quiet $(ARGS)

setup: $(READY)

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Quiethand needs Python 3.11, 3.12 or 3.13; set PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@if command -v uv >/dev/null; then ln -sf "$$(command -v uv)" $@; \
		else $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; fi

$(READY): requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Setting up .venv from requirements.lock (a minute or two the first time)"
	@$(UV) --no-deps --require-hashes --requirement requirements.lock
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build report.html
