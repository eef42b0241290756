# Everything a developer or a user of Milk Coach types. `make` alone lists it.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
export PYTHONPATH := lambda:.

.PHONY: help run test check lint types model bench golden evaluate package lock clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## talk to Milk Coach in the terminal (ARGS="--say --locale en-GB")
	@$(BIN)/python -m simulator $(ARGS)

test: $(VENV)/.dev ## run all tests
	@$(BIN)/python -m pytest $(ARGS)

check: lint types test ## what CI runs: format, lint, types, tests

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

model: $(VENV)/.dev ## rebuild the generated parts
	@$(BIN)/python -m tools.make_model

bench: $(VENV)/.dev ## measure, against baselines in the same run
	@$(BIN)/python -m tools.bench $(ARGS)

golden: $(VENV)/.dev ## record the golden conversations anew (read the difference before you commit it)
	@$(BIN)/python -m tests.golden $(ARGS)

evaluate: $(VENV)/.dev ## measure how well people are understood
	@$(BIN)/python -m tools.evaluate $(ARGS)

package: $(VENV)/.dev ## build the skill package for every locale (RELEASE=1 refuses placeholders)
	@$(BIN)/python -m tools.package $(if $(RELEASE),--release)

lock: $(VENV)/.dev ## pin again what lambda/requirements.txt and requirements/dev.in ask for
	@cd requirements && for one in "../lambda/requirements.txt run.txt" "dev.in dev.txt"; do set -- $$one; \
	  $(abspath $(BIN))/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header \
	    --annotation-style line $$1 -o $$2; done

clean: ## remove what was built
	@rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Milk Coach needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(VENV)/bin/python
	@echo "Setting up (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "Setting up for development (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.run
