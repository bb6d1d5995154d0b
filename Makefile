# Two commands matter to a newcomer: `make run` shows the whole way, `make test` proves it.
PYTHON ?= python3
# For `make run`, such as ARGS="--folder .other --north-port 8101 --hospital-port 8102".
ARGS   ?=
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test check interop bench soak lock clean

run: $(VENV)/.runtime ## create the demo world and start both sites; Ctrl-C stops them
	@$(BIN)/license-exchange demo $(ARGS)

test: $(VENV)/.test ## everything but other people's verifiers, in parallel
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto -m "not interop and not soak" tests

check: $(VENV)/.test ## the quick part of `test`: style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

interop: $(VENV)/.test ## xmlsec1, signxml and the JDK judge what we sign
	$(BIN)/python -m pytest -m interop tests/interop

bench: $(VENV)/.test ## ratios beside a raw limit, in one run; results go to docs/performance.md
	$(BIN)/python -m tests.benchmarks

soak: $(VENV)/.test ## slow campaigns, not part of `test`
	$(BIN)/python -m pytest -m soak tests

lock: $(VENV)/.test ## write both lock files anew from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate \
	  --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate \
	  --extra test --output-file tests/requirements.lock pyproject.toml

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Missing: Python 3.11 or newer. Install it, or say which: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Too old: $$($(PYTHON) --version). Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Missing: Python's venv module (Debian: apt-get install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements.lock pyproject.toml
	@echo "Installing what the program needs into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime tests/requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

clean: ## remove what the build made; never the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
