# Two commands matter: `make run` and `make test`. Everything they need is set up by bin/bootstrap.py.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run reset test check bench pins messages setup

PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$candidate; break; fi; done)
FOUND_PYTHON = $(if $(strip $(PYTHON)),$(PYTHON),$(error Python 3.11 or newer is needed and was not found; install it, or name it: make PYTHON=/path/to/python3))
SET_UP = @exec $(FOUND_PYTHON) bin/bootstrap.py

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18

run: ## start everything and print the address (PORT=8000, VAR_DIR=var)
	$(SET_UP) -m marketplace.supervisor run

reset: ## forget the data of `make run` and start over
	$(SET_UP) -m marketplace.supervisor reset

test: ## run every test, the browser's included (ONLY="engines web" picks groups)
	$(SET_UP) --dev tests/run.py $(ONLY)

check: ## lint, types, architecture, templates, migrations, deployment, known vulnerabilities
	$(SET_UP) --dev bin/check.py

bench: ## measure how fast it is, against peers (SIZES="10000 100000 1000000", ONLY="rank what_if")
	$(SET_UP) --bench -m benchmarks

setup: ## only make the environment
	$(SET_UP) --dev

pins: ## resolve the newest versions of requirements/*.in into requirements/*.txt
	$(SET_UP) --dev bin/pins.py

messages: ## collect texts to translate into locale/, and compile them
	$(SET_UP) --dev bin/messages.py
