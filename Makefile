# What a user needs:  make demo   make test
# What a developer needs besides:  make check   make format   make docs   make bench
#
# Everything lives in .venv, which is made on first use. Packages are installed again only when pyproject.toml
# or constraints.txt changed. Choose another interpreter with  make PYTHON=/path/to/python3.12 test

VENV   ?= .venv
PYTHON ?=
BIN    := $(VENV)/bin
RUN    := $(BIN)/python

# One worker per core, at most four; tests of one file stay together because they share compiled fixtures, and those
# of a browser because they share a server. Files with slow tests come first (tests/conftest.py).
PYTEST_ARGS ?= -n auto --maxprocesses 4 --dist loadfile

# Says something of the model and its tables, which is the same on every Python where the runs are (make checksums).
OF_THE_MODEL := tests/property tests/unit/experiments tests/unit/scenario/test_catalogue.py \
	tests/contract/test_mechanisms.py

CHECKED_PATHS := $(wildcard sim tests benchmarks)
TYPED_PATHS   := $(wildcard sim/scenario sim/results sim/experiment sim/cli)

.DEFAULT_GOAL := help
.PHONY: help demo test quick portable checksums check format docs bench dashboard install dev clean

help:
	@echo "make demo    run the mission in Liberia; figure and results in results/unmil-demo"
	@echo "make test    run the tests"
	@echo "make quick   run the tests that take seconds"
	@echo "make portable   of these what may depend on the version of Python"
	@echo "make checksums  checksums of runs of every scenario"
	@echo "make check   formatting, lint, types, layers, spelling"
	@echo "make format  put the code into the house format"
	@echo "make docs    write the generated pages of docs/"
	@echo "make bench   measure speed (not a test)"
	@echo "make dashboard  open the dashboard in a browser"
	@echo "make clean   remove the environment and everything generated"

# ------------------------------------------------------------------- use

demo: install
	@rm -rf results/unmil-demo
	@$(BIN)/peacesim run unmil --out results/unmil-demo
	@echo
	@echo "Results: results/unmil-demo"
	@find results/unmil-demo -name '*.png' -o -name '*.svg' -o -name '*.html' | sort | sed 's/^/Figure:  /'

test: dev
	@$(RUN) -m pytest $(PYTEST_ARGS)

quick: dev
	@$(RUN) -m pytest $(PYTEST_ARGS) -m "not slow and not browser"

portable: dev
	@$(RUN) -m pytest $(PYTEST_ARGS) -m "not slow and not browser" $(addprefix --ignore=,$(OF_THE_MODEL))

# Of every scenario to its end, and of a small country in which whatever can happen does.
checksums: dev
	@$(RUN) -m tests.parity.checksums everywhere

# The first of these to fail does not hide the others.
check: dev
	@status=0; \
	step() { echo "== $$*"; "$$@" || status=1; }; \
	step $(BIN)/ruff format --check $(CHECKED_PATHS); \
	step $(BIN)/ruff check $(CHECKED_PATHS); \
	step $(BIN)/mypy $(TYPED_PATHS); \
	step $(BIN)/lint-imports; \
	step $(BIN)/codespell; \
	if [ $$status -ne 0 ]; then echo "make check found something: see above"; fi; \
	exit $$status

format: dev
	@$(BIN)/ruff format $(CHECKED_PATHS)
	@$(BIN)/ruff check --fix $(CHECKED_PATHS)

docs: install
	@$(RUN) -m sim.scenario.catalogue --write docs
	@$(RUN) -m sim.analysis.odd --write docs

bench: dev
	@set -e; for script in benchmarks/bench_*.py; do \
		[ -e "$$script" ] || { echo "benchmarks/ has no bench_*.py yet"; exit 0; }; \
		echo "== $$script"; $(RUN) "$$script"; \
	done

dashboard: $(VENV)/.installed-dashboard
	@$(BIN)/peacesim dashboard

clean:
	rm -rf $(VENV) build dist results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# ----------------------------------------------------------- environment

install: $(VENV)/.installed
dev: $(VENV)/.installed-dev

PIP_INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt

$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing peacekeeping-sim into $(VENV) (a minute or two, once)"
	@$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing peacekeeping-sim and what its tests need into $(VENV) (a minute or two, once)"
	@$(PIP_INSTALL) -e ".[dev]"
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dashboard: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing peacekeeping-sim and its dashboard into $(VENV) (a minute or two, once)"
	@$(PIP_INSTALL) -e ".[dashboard]"
	@touch $@ $(VENV)/.installed

# Keep an environment that works; otherwise make one with the first interpreter that is new enough. Each is tried,
# not only looked up: a version manager may leave a name on PATH that does not run.
NEW_ENOUGH := -c "import sys, venv; sys.exit(sys.version_info < (3, 11))"

$(VENV)/.python:
	@if ! $(RUN) $(NEW_ENOUGH) >/dev/null 2>&1; then \
		for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
			if $$python $(NEW_ENOUGH) >/dev/null 2>&1; then found=$$python; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "peacekeeping-sim needs Python 3.11 or newer; tried: $(or $(PYTHON),python3.11 python3.12 python3.13 python3)." >&2; \
			echo "Install one, or name it: make PYTHON=/path/to/python3.11 demo" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$($$found --version)"; \
		$$found -m venv --clear $(VENV) || { \
			echo "$$found could not make an environment; on Debian and Ubuntu install python3-venv." >&2; exit 1; }; \
	fi
	@touch $@
