# The commands of a working day. `make` alone lists them.
# Each installs what it needs into .venv, once; `make clean` starts afresh.

PYTHON ?= python3

python := .venv/bin/python
install := $(python) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# The oldest releases that pyproject.toml allows, and what of the suite meets them: reading,
# writing and checking of data, and the calendar. Between them and today's, dateutil 3 stands alone.
floors := .venv/floors/bin/python
at_the_floors := tests/strict tests/rules/test_days.py tests/exchange/test_envelopes.py \
  tests/exchange/test_altered_documents.py tests/jurisdictions/test_loading.py
calendar := tests/rules/test_days.py tests/properties/test_days.py

mutated := PATH="$(CURDIR)/.venv/bin:$$PATH" PYTHONPATH=src
mutation := $(mutated) cosmic-ray
mutations := tests/mutation$(if $(OF),-$(OF)).toml

# Where no bytecode may be kept, each process that a test starts would compile the library anew.
test: export PYTHONDONTWRITEBYTECODE :=

.NOTPARALLEL:  # one environment, one build folder
.PHONY: help demo test format lint types wheel layers floors docs api mutate check clean

help:  ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

demo: .venv/installed  ## take the tour; its report is build/tour.html
	@mkdir -p build
	$(python) -m rehabcore tour --html build/tour.html

test: .venv/installed-test  ## run the whole suite; every branch must be covered
	$(python) -m pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term

format: .venv/installed-checks  ## rewrite the code in the house layout
	$(python) -m ruff check --fix-only --quiet .
	$(python) -m ruff format .

lint: .venv/installed-checks  ## check layout, style and the names of change notes
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m towncrier build --draft --version unreleased > /dev/null

types: .venv/installed-checks  ## check the types, strictly; also of README's lines, as a user would
	$(python) -m mypy
	@mkdir -p build/reader
	$(python) -m tests.kit.first_example > build/reader/example.py
	cd build/reader && $(CURDIR)/$(python) -m mypy --strict --config-file= example.py

wheel: .venv/pyvenv.cfg  ## run and type-check README's lines in an empty project that installed the wheel
	rm -rf build/wheel && mkdir -p build/wheel
	$(python) -m pip wheel --quiet --no-deps --wheel-dir build/wheel .
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet build/wheel/*.whl mypy
	$(python) -m tests.kit.first_example > build/wheel/example.py
	cd build/wheel && venv/bin/python example.py > /dev/null
	cd build/wheel && venv/bin/python -m mypy --strict --config-file= example.py

layers: .venv/installed-test  ## check that rooms import only from rooms below
	$(python) -m pytest tests/test_architecture.py

floors: .venv/floors/installed  ## run what rests on other libraries with their oldest releases
	PYTHONPATH=src $(floors) -m pytest --quiet $(at_the_floors)
	PYTHONPATH=.venv/floors/dateutil-3:src $(floors) -m pytest --quiet $(calendar)

docs: .venv/installed-docs .venv/installed-test  ## build the pages and run their examples
	$(python) -m sphinx -W -n --fresh-env --quiet docs build/docs
	$(python) -m pytest README.md docs src

api: .venv/installed-test  ## list the public names and their signatures anew, to be reviewed
	@mkdir -p build
	$(python) -m tests.kit.public_api > build/public_api.txt
	mv build/public_api.txt tests/public_api.txt

mutate: .venv/installed-mutation  ## change the rules, or OF=records, one place at a time, or a SAMPLE=100
	rm -rf build/mutation && mkdir -p build/mutation
	cp -R src tests conftest.py pyproject.toml build/mutation
	cd build/mutation && $(mutation) init $(mutations) session.sqlite
	cd build/mutation && $(mutated) cr-filter-operators session.sqlite $(mutations)
	$(if $(SAMPLE),cd build/mutation && $(mutated) python -m tests.kit.mutation_sample session.sqlite $(SAMPLE))
	cd build/mutation && $(mutation) baseline $(mutations)
	cd build/mutation && $(mutation) exec $(mutations) session.sqlite
	cd build/mutation && $(mutated) cr-report --surviving-only --show-diff session.sqlite

check: test lint types layers floors docs  ## everything that must pass before a change lands

clean:  ## remove all that these commands made
	rm -rf .venv build dist __pycache__ .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests docs -name __pycache__ -prune -exec rm -rf {} +

# The stamps: an environment is brought up to date when what it was made from has changed.

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'rehabcore needs Python 3.11 or newer, for example: make PYTHON=python3.12 demo' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo 'This Python cannot make environments. On Debian or Ubuntu: sudo apt install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/pyvenv.cfg
	$(install) --editable .
	@touch $@

.venv/installed-%: requirements/%.txt .venv/installed
	$(install) --requirement $<
	@touch $@

.venv/floors/installed: requirements/floors.txt requirements/test.txt constraints.txt | .venv/pyvenv.cfg
	$(PYTHON) -m venv .venv/floors
	grep -Ev '^(attrs|cattrs|python-dateutil)==' constraints.txt > .venv/floors/constraints.txt
	$(floors) -m pip install --quiet --disable-pip-version-check \
	  --constraint .venv/floors/constraints.txt --requirement requirements/floors.txt
	$(floors) -m pip install --quiet --disable-pip-version-check --no-deps \
	  --target .venv/floors/dateutil-3 python-dateutil==3.0.0
	@touch $@

.venv/installed-checks: requirements/test.txt
