# `make run` and `make test` do everything from a fresh clone: they make .venv, build, and run.

VENV := .venv
BIN := $(VENV)/bin
# Where the benchmark finds the other sandboxes.
PEERS := .venv-peers
# Tests and examples may use files and the clock; the machine's own crates may not.
TESTS_MAY := -A clippy::disallowed-methods -A clippy::disallowed-types
# The profile to build the native module with: release, or quick while working on it.
PROFILE ?= release
RUST_SOURCES := $(shell find crates -type f -not -path '*/tests/*' -not -path 'crates/fuzz/*') Cargo.toml Cargo.lock
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python

.PHONY: run test test-rust test-python bench conformance lint format fuzz build clean

run: build
	$(BIN)/npython run examples/agent.py

test: test-rust test-python

test-rust: $(VENV)/.made
	cargo test --workspace --exclude npython-python --locked --quiet

test-python: build $(VENV)/.tools
	$(BIN)/python -m pytest

bench: build $(PEERS)/.made
	$(BIN)/python benches/run.py --peers $(PEERS)/bin/python $(BENCH)

conformance: build $(VENV)/.tools
	$(BIN)/python tests/conformance/run.py

# FUZZ_SECONDS=60 for less than ten minutes.
fuzz: $(VENV)/.made
	scripts/fuzz $(FUZZ_SECONDS)

lint: build $(VENV)/.tools
	cargo fmt --all --check
	cargo clippy --workspace --lib --exclude npython-python --locked --quiet -- -D warnings
	cargo clippy --workspace --all-targets --exclude npython-python --locked --quiet -- -D warnings $(TESTS_MAY)
	cargo clippy -p npython-python --locked --quiet -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.tools
	cargo fmt --all
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

build: $(VENV)/.built

clean:
	rm -rf $(VENV) $(PEERS) target dist

# The environment with the build tool.
$(VENV)/.made: requirements-build.txt scripts/find-python scripts/check-rust
	@scripts/check-rust
	@python=$$(scripts/find-python) && echo "using $$python" && $$python -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-build.txt
	@touch $@

# The tools that check and test.
$(VENV)/.tools: requirements-dev.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The sandboxes to compare with, each if it can be installed.
$(PEERS)/.made: benches/requirements.txt $(VENV)/.made
	$(BIN)/python -m venv --clear $(PEERS)
	@grep -v '^#' benches/requirements.txt | while read -r peer; do \
		$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check "$$peer" || echo "left out: $$peer"; \
	done
	@touch $@

# The package, editable: changes of Python files need no build.
$(VENV)/.built: $(VENV)/.made pyproject.toml $(RUST_SOURCES)
	@scripts/check-rust
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --quiet --locked --profile $(PROFILE)
	$(BIN)/python -m compileall -q python/npython
	@touch $@
