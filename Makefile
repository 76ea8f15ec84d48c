# Sets up what is needed in .venv, once, and runs the project: make chat | run | test | check | bench | lock | clean

SHELL := /bin/sh
# The first Python that is new enough and can make virtual environments; another one: make chat PYTHON=/path/to/python3
PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3; do \
	$$one -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1 \
	&& { echo $$one; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
READY := .venv/ready
BENCH_READY := .venv/ready-bench

.NOTPARALLEL:
.PHONY: chat run test lint types check bench lock clean

chat: $(READY)
	@$(BIN)/vejviser chat

run: $(READY)
	@$(BIN)/vejviser run

check: $(READY)
	@$(BIN)/vejviser check

test: lint types
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

bench: $(BENCH_READY)
	@$(BIN)/python -m benchmarks

# Set up anew whenever one of the two files is newer than the last set-up that went through.
$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { \
		echo "Found no Python 3.11 or newer that can make virtual environments." >&2; \
		echo "Install one (on Debian or Ubuntu: apt-get install python3 python3-venv)," >&2; \
		echo "or name it: make $(or $(MAKECMDGOALS),chat) PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@echo "Setting up .venv with $(PYTHON); the first time takes a minute ..." >&2
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q knowledge handlers bot
	@touch $@

$(BENCH_READY): $(READY)
	@$(PIP) install --constraint requirements.lock --no-build-isolation --editable '.[bench]'
	@touch $@

# Writes requirements.lock from pyproject.toml: one file for every system and every Python that the project runs on.
lock: $(READY)
	@$(PIP) install uv
	@printf 'setuptools>=77\n' | $(BIN)/uv pip compile pyproject.toml - --extra test --universal --python-version 3.11 \
		--upgrade --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
