.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
BENCH_CONSTRAINTS := .ci/bench.txt
STAMP := $(VENV)/.ready
BENCH_STAMP := $(VENV)/.ready-bench
SAMPLE := data/samples/yuexi
DEMO := build/demo
FUZZ_SECONDS ?= 600
LAWS := $(addprefix tests/test_, $(addsuffix .py, fill_laws fuzz ingest_laws ledger_diff ledger_events ledger_properties \
	ledger_undo plan_joint_solver plan_liaison policy_engines policy_logic rules_records))
NETFS ?=
THIRD ?=
NEWEST := build/newest
MACHINE := tests/test_machine_output.py tests/test_ledger_export.py
TESTS ?= tests

.PHONY: help setup demo test test-newest test-newest-machine check mutants bench score proofs fuzz soak screenshots golden docs samples templates pins clean

help:  ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

setup: $(STAMP)  ## make .venv with everything that the tool and its tests need

# Every file that is installed must have a hash that stands in the list (the wheels of all platforms are in it); the
# build back end is one of them, so that nothing is left to the day's newest release.
$(STAMP): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -c 'import sys; sys.exit("census needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(CONSTRAINTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# What the reader is measured beside is no part of the tool or its tests.
$(BENCH_STAMP): $(STAMP) $(BENCH_CONSTRAINTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(BENCH_CONSTRAINTS) --editable '.[bench]'
	touch $@

demo: $(STAMP)  ## the main job on the sample county: workbooks to ledger, gaps and report, in build/demo
	rm -rf $(DEMO) && mkdir -p $(DEMO)
	cp -r $(SAMPLE) $(DEMO)/inbox && rm -f $(DEMO)/inbox/truth.json
	cd $(DEMO) && ../../$(BIN)/census ingest inbox --lang zh || [ $$? -eq 3 ]
	cd $(DEMO) && ../../$(BIN)/census indicators --lang zh
	cd $(DEMO) && ../../$(BIN)/census gaps --township --lang zh
	cd $(DEMO) && ../../$(BIN)/census report --html --lang zh

test: $(STAMP)  ## all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

# What an office gets that installs on its own one day: no constraints, everything as new as pyproject.toml allows.
test-newest:  ## the tests with the newest releases of all libraries, in build/newest; TESTS="tests/..." runs some only
	[ -x $(NEWEST)/bin/python ] || $(PYTHON) -m venv $(NEWEST)
	$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager \
		--editable '.[dev]'
	$(NEWEST)/bin/python -m pytest -n 2 --dist worksteal -p no:cacheprovider $(TESTS)

test-newest-machine:  ## of these the tests of machine output alone (what CI runs)
	$(MAKE) test-newest TESTS="$(MACHINE)"

check: $(STAMP)  ## lint, types, the one-way street, documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	$(BIN)/cog --check README.md src/coverage_census/README.md

mutants: $(STAMP)  ## take guards out of a copy of the code one by one; prints what no test notices. THIRD=0|1|2|next takes a third of them
	$(BIN)/python tests/mutants/guards.py --third "$(THIRD)"

bench: $(BENCH_STAMP)  ## speed and memory as ratios against a floor measured in the same run
	$(BIN)/python tests/bench/startup.py
	$(BIN)/python tests/bench/unattended.py
	$(BIN)/python tests/bench/province.py
	$(BIN)/python tests/bench/ledger.py
	$(BIN)/python tests/bench/rounds.py
	$(BIN)/python tests/bench/policies.py
	$(BIN)/python tests/bench/assignments.py
	$(BIN)/python tests/bench/plans.py
	$(BIN)/python tests/bench/reports.py
	$(BIN)/python tests/bench/scaling.py
	$(BIN)/python tests/bench/registers.py

score: $(STAMP)  ## how well headings are understood: recall and precision by slot, on paraphrases never seen together
	$(BIN)/python tests/bench/headings.py

proofs: $(STAMP)  ## joint branches against every partition tried by force: 1,320 clusters, a minute
	$(BIN)/python tests/proofs/joint_plans.py

fuzz: $(STAMP)  ## invented sheets and damaged files for FUZZ_SECONDS (600); what breaks the reader lies in build/fuzz
	$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS)

soak: $(STAMP)  ## the ledger under every fault, for half an hour; NETFS=path/to/netfs adds real SMB, NFS and power cuts (25 min more)
	$(BIN)/python tests/soak/faults.py
	$(BIN)/python tests/soak/planted.py --control
	$(BIN)/python tests/soak/storm.py $$(mktemp -d) --lock both --repeat 5
	CENSUS_EXAMPLES=10 $(BIN)/python -m pytest -n 2 $(LAWS)
	SOAK=1500 $(BIN)/python -m pytest tests/test_ledger_machine.py
	$(BIN)/python tests/soak/system_calls.py --beside
	$(BIN)/python tests/soak/netfs.py $(NETFS)

bench-nation: $(STAMP)  ## coverage of 60,000,000 generated organisations; needs 4 GB of disk and some minutes
	$(BIN)/python tests/bench/nation.py

templates: $(STAMP)  ## write reports/templates/bulletin.docx anew (overwrites changes made in Word)
	$(BIN)/python tests/tools/bulletin_template.py

screenshots: $(STAMP)  ## pages, workbooks and the bulletin of the sample as pictures in build/screenshots, to be looked at
	$(BIN)/python tests/tools/screenshots.py

golden: $(STAMP)  ## accept what the pages and the terminal show now as expected
	$(BIN)/python -m pytest -n 2 --accept-golden

docs: $(STAMP)  ## write the generated parts of the README anew
	$(BIN)/cog -r README.md src/coverage_census/README.md

samples: $(STAMP)  ## make data/samples anew
	for what in yuexi city tiandeng; do $(BIN)/census sample --what $$what --out data/samples/$$what; done

pins: $(STAMP)  ## write .ci/constraints.txt anew: the newest releases that pyproject.toml allows, with the hashes of all wheels
	$(PYTHON) -m venv build/pins && build/pins/bin/python -m pip install --quiet --disable-pip-version-check uv
	build/pins/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--upgrade --extra dev --output-file $(CONSTRAINTS) pyproject.toml
	build/pins/bin/uv pip compile --quiet --python-version 3.11 --no-header --no-annotate \
		--upgrade --extra dev --extra bench --output-file $(BENCH_CONSTRAINTS) pyproject.toml

clean:  ## remove what can be made again
	rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
