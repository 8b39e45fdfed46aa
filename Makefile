# Two commands are enough: `make up` runs it, `make test` tests it. `make help` lists the others.
.DEFAULT_GOAL := help
.PHONY: up demo test faults lint docs dist dashboards bench lock clean help
BIN := .venv/bin
ARGS ?=
# a city is a dozen processes: what is compiled once is kept for the next, also where somebody has that switched off
export PYTHONDONTWRITEBYTECODE :=

up: ## run the whole suite with the sample city; LIANDONG_PORT, LIANDONG_HOME say where
	@sh deploy/venv.sh up
	@exec $(BIN)/liandong up

demo: ## play a case of every chapter that is built and print its timeline
	@sh deploy/venv.sh up
	@exec $(BIN)/liandong demo

test: ## all but the faults, against real RabbitMQ and PostgreSQL; ARGS= goes to pytest
	@sh deploy/venv.sh test
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --ignore tests/faults $(ARGS)

faults: ## what is long: cities killed, walked through, a thousand cases; ARGS= goes to pytest
	@sh deploy/venv.sh test
	@$(BIN)/python -m pytest -n 3 --dist loadfile tests/faults $(ARGS)

lint: ## ruff, mypy (strict on the pure rooms), the floors of the house
	@sh deploy/venv.sh test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: ## write again what is generated from the code: API, events, articles, settings, metrics, build/contract
	@sh deploy/venv.sh up
	@$(BIN)/liandong docs

dist: docs ## the release in dist/: an archive of the commit and the kit's wheel, both with schemas and samples
	@sh deploy/dist.sh $(BIN)/python

dashboards: ## write Grafana's dashboards again from the code (deploy/grafana)
	@sh deploy/venv.sh test
	@$(BIN)/liandong dashboards

bench: ## measure against named baselines on real PostgreSQL and RabbitMQ
	@sh deploy/venv.sh test
	@$(BIN)/python -m bench $(ARGS)

lock: ## compile the lock files again after pyproject.toml has changed
	@test -x .cache/uv/bin/uv || { python3 -m venv .cache/uv && .cache/uv/bin/pip install -q uv; }
	@.cache/uv/bin/uv pip compile -q --no-config --universal --generate-hashes --no-emit-index-url --no-annotate \
		--python-version 3.11 --custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	@.cache/uv/bin/uv pip compile -q --no-config --universal --generate-hashes --no-emit-index-url --no-annotate \
		--python-version 3.11 --custom-compile-command 'make lock' --extra test --extra queue \
		-c requirements.lock pyproject.toml sdk/python/pyproject.toml -o requirements-test.lock

clean: ## remove .venv and every cache; data folders stay
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z]*\):[a-z ]*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name says; do \
		printf '  make %-10s %s\n' "$$name" "$$says"; done
