# Every target makes what it needs: a virtual environment in .venv, and in it one dependency group at a time.
# A fresh machine needs only Python 3.11 or newer; choose it with `make PYTHON=python3.12 test`.

PYTHON ?= python3
LOWEST_PYTHON ?= $(firstword $(shell command -v python3.11) $(PYTHON))
# On the path, or of pyenv, which hides it.
NEWEST_PYTHON ?= $(firstword $(shell for each in python3.14 python3.13 python3.12 \
	$$(ls -d ~/.pyenv/versions/3.1[2-9]*/bin/python3 2>/dev/null | sort -rV); \
	do $$each -c 'import sys; print(sys.executable)' 2>/dev/null; done) $(PYTHON))
FOLDER ?=
INSTANCES ?= 50000
SECONDS ?= 60
TARGETS ?=
TESTS ?= tests
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WHEEL := build/wheel
ENGINES := build/engines
# All but those that `make engines` installs: Ray and Spark weigh more than a gigabyte.
EXTRAS := arrow django feeds flask front-matter pelican wagtail
PYTEST := -m pytest -n auto --dist loadfile

export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help demo test quick browser servers engines screenshots coverage laws guard fuzz fuzz-long judge prove lint format generate docs bench load wheel lowest newest changelog clean
.DELETE_ON_ERROR:

help:
	@echo "make demo                show the example page before and after, and write it and its preview"
	@echo "make test                run the tests and every example of README, docs and docstrings"
	@echo "make quick [TESTS=tests/guards]"
	@echo "                         run the tests only, or those of a folder, with few random inputs"
	@echo "make browser             run the tests that need Chromium, its driver and Java"
	@echo "make screenshots         take the pictures of the documentation anew"
	@echo "make coverage            the same, with branch coverage"
	@echo "make laws                run the laws for long, with new random inputs"
	@echo "make guard               try what a new guard takes: in a copy of the project one file, its test, make generate"
	@echo "make fuzz [SECONDS=n] [FOLDER=dir] [TARGETS='read strip']"
	@echo "                         search for inputs that break adslot, n CPU seconds for each target (60), with the"
	@echo "                         *.html files of a folder as seeds"
	@echo "make fuzz-long           the same for 30 CPU minutes each"
	@echo "make judge               compare 20,000 of the solver's plans with all plans there are, and 400 with CP-SAT's"
	@echo "make prove [INSTANCES=50000]"
	@echo "                         judge whole policies on small stories: all plans there are, every refusal, every check"
	@echo "make lint                ruff, mypy and the import contracts"
	@echo "make format              let ruff format and mend the code"
	@echo "make generate            write anew what is made from the code: stubs, the schema, parts of the reference"
	@echo "make docs                build the documentation into build/docs"
	@echo "make bench [FOLDER=dir]  compare speeds on made articles and on the *.html files of a folder"
	@echo "make servers             run the tests on real servers: what clients get, load, memory, processes that end"
	@echo "make engines             run the tests on Ray, Spark, DuckDB and PostgreSQL, which need Java and PostgreSQL's server"
	@echo "make load                ask servers 10,000 times each for a page, and what large pages cost small ones"
	@echo "make wheel               build the wheel and test it in a clean environment"
	@echo "make lowest              run the tests quickly with the lowest versions of everything that pyproject.toml admits"
	@echo "make newest              the same with the newest versions, on the newest Python that is found"
	@echo "make changelog           show the next section of the changelog"
	@echo "make clean               remove everything that make made"

# --- environments: a stamp file says what is installed -----------------------------------------

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "adslot needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml
	$(PIP) install --editable .
	@touch $@

$(VENV)/.test $(VENV)/.browser $(VENV)/.bench $(VENV)/.fuzz $(VENV)/.lint $(VENV)/.docs $(VENV)/.versions $(VENV)/.release: $(VENV)/.%: $(VENV)/.run
	$(PIP) install --group $*
	@touch $@

# --- use ----------------------------------------------------------------------------------------

demo: $(VENV)/.run
	$(BIN)/python examples/demo.py

test: $(VENV)/.test
	$(BIN)/python $(PYTEST)

quick: $(VENV)/.test
	$(BIN)/python $(PYTEST) --hypothesis-profile=fast $(TESTS)

coverage: $(VENV)/.test
	$(BIN)/python $(PYTEST) --cov --cov-report=term-missing

laws: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --hypothesis-profile=nightly tests/laws

guard: $(VENV)/.test
	$(BIN)/python -m tools.new_guard

fuzz: $(VENV)/.fuzz
	$(BIN)/python -m tests.fuzz $(TARGETS) --seconds $(SECONDS) $(if $(FOLDER),--seeds "$(FOLDER)")

fuzz-long: SECONDS = 1800
fuzz-long: fuzz

judge: $(VENV)/.test
	ADSLOT_INSTANCES=20000 $(BIN)/python -m pytest -n auto tests/planner/solver/test_judges.py tests/planner/solver/test_showing.py

prove: $(VENV)/.test
	$(BIN)/python -m tests.oracles.stories --instances $(INSTANCES)

browser: $(VENV)/.browser
	$(BIN)/python -m pytest tests/browser

servers: $(VENV)/.test
	$(BIN)/python -m pytest tests/servers

$(ENGINES)/.made: $(VENV)/.made pyproject.toml
	$(BIN)/python -m venv --without-pip $(ENGINES)
	$(PIP) --python $(ENGINES)/bin/python install --editable '.[ray,spark]' --group engines
	@touch $@

engines: $(ENGINES)/.made
	$(ENGINES)/bin/python -m pytest tests/engines

screenshots: $(VENV)/.browser
	$(BIN)/python -m tools.screenshots

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.lint
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generate: $(VENV)/.run
	$(BIN)/python -m tools.generate

docs: $(VENV)/.docs
	$(BIN)/sphinx-build --fail-on-warning --keep-going --nitpicky --quiet docs build/docs
	@echo "build/docs/index.html"

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks.bench $(if $(FOLDER),"$(FOLDER)")
	$(BIN)/python -m benchmarks.planner
	$(BIN)/python -m benchmarks.equal_rules
	$(BIN)/python -m benchmarks.teasers
	$(if $(FOLDER),$(BIN)/python -m benchmarks.greedy "$(FOLDER)")
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.cold_start

load: $(VENV)/.test
	$(BIN)/python -m benchmarks.middleware

# The wheel is tested from a folder that has the tests and no src, in an environment that has the wheel only.
wheel: $(VENV)/.made
	rm -rf $(WHEEL) dist
	$(PIP) wheel --no-deps --wheel-dir dist .
	$(BIN)/python -m venv --without-pip $(WHEEL)/env
	$(PIP) --python $(WHEEL)/env/bin/python install dist/adslot-*.whl --group test
	mkdir -p $(WHEEL)/project
	cp -R tests tools docs examples conftest.py pyproject.toml Makefile *.md $(WHEEL)/project
	cd $(WHEEL)/project && ../env/bin/python -c 'import adslot, sys; print(adslot.__file__); sys.exit("site-packages" not in adslot.__file__)'
	cd $(WHEEL)/project && ../env/bin/python $(PYTEST) --hypothesis-profile=fast

# Dependencies, extras but those of engines, and the group `test` in one environment: what pyproject.toml says of them is
# true, at both ends.
lowest: RESOLUTION := lowest-direct
lowest: CHOSEN := $(LOWEST_PYTHON)
newest: RESOLUTION := highest
newest: CHOSEN := $(NEWEST_PYTHON)
lowest newest: $(VENV)/.versions
	$(BIN)/uv venv --quiet --clear --no-python-downloads --python "$(CHOSEN)" build/$@
	$(BIN)/uv pip install --quiet --python build/$@ --resolution $(RESOLUTION) --requirements pyproject.toml $(addprefix --extra ,$(EXTRAS)) --group test
	$(BIN)/uv pip install --quiet --python build/$@ --no-deps --editable .
	$(BIN)/uv pip list --quiet --python build/$@
	build/$@/bin/python $(PYTEST) --hypothesis-profile=fast

changelog: $(VENV)/.release
	$(BIN)/towncrier build --draft --version "$$($(BIN)/python -c 'from adslot import __version__; print(__version__)')"

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
