# Lan Tỏa: every command a person needs. `make` alone lists them.
PORT ?= 8000
ARGS ?=
# python3.11 is what Debian 12 ships; any later python3 will do as well.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long bench lint lock vendor

help: ## lists these commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## installs what the program needs, without starting it
	@"$(PYTHON)" scripts/setup.py run

run: ## sets everything up and starts the program on 127.0.0.1 (make run PORT=8123)
	@"$(PYTHON)" scripts/setup.py run
	@exec $(VENV) scripts/run.py --port $(PORT)

test: ## sets everything up and runs the gate (make test ARGS="tests/units -k tree")
	@"$(PYTHON)" scripts/setup.py dev services
	@exec $(VENV) scripts/test.py $(ARGS)

test-long: ## the long suites: kills, races, load, LibreOffice
	@"$(PYTHON)" scripts/setup.py dev services office
	@exec $(VENV) scripts/test.py --long $(ARGS)

bench: ## one table: work, ours, limit or peer, ratio
	@"$(PYTHON)" scripts/setup.py dev services office
	@exec $(VENV) bench/run.py $(ARGS)

lint: ## the static gate: ruff, templates, migrations, deploy checks
	@"$(PYTHON)" scripts/setup.py dev
	@exec $(VENV) scripts/lint.py

lock: ## makes requirements.txt and requirements-dev.txt anew from the .in files
	@"$(PYTHON)" scripts/setup.py dev
	@$(VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	@$(VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes -c requirements.txt requirements-dev.in -o requirements-dev.txt

vendor: ## fetches the vendored front-end parts and fonts anew
	@sh scripts/vendor.sh
