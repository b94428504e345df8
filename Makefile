# One command per wish, the same on the desk and in CI. `make` lists them.
# Needs git, make and Python 3.11 or newer; everything else is installed into .venv.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
# Where this is set, every start would compile our own modules anew.
unexport PYTHONDONTWRITEBYTECODE
# uv brings its own list of authorities; a network with its own knows only the system's.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS ?= 1
endif

VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
BASE := $(VENV)/.base
DEV := $(VENV)/.dev
PORT ?= 8000
SERVE ?= 1
WORKERS ?= 2
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock"

# --- For everybody ----------------------------------------------------------

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(BASE) ## the main job on the sample contest, then serve it (SERVE=0: end; PORT=8000)
	@$(PY) manage.py demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

run: $(BASE) ## serve everything on this machine until Ctrl-C (PORT=8000)
	@$(PY) manage.py serve --port $(PORT)

admin: $(BASE) ## make an administrator and print a one-time code (EMAIL=you@example.org)
	@test -n "$(EMAIL)" || { echo "Whom? make admin EMAIL=you@example.org" >&2; exit 2; }
	@$(PY) manage.py create_administrator "$(EMAIL)"

# --- For those who change it ------------------------------------------------

check: lint test ## what to run before a commit

lint: $(DEV) ## format, rules, types, imports, migrations: look, change nothing
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(PY) -m mypy
	$(PY) $(VENV)/bin/lint-imports --no-logo
	$(PY) manage.py makemigrations --check --dry-run --settings config.settings.test

fix: $(DEV) ## change what can be changed without thinking
	$(VENV)/bin/ruff check --fix --quiet --exit-zero .
	$(VENV)/bin/ruff format .

messages: $(DEV) ## compile locale/*/LC_MESSAGES/*.po to the .mo files that are committed
	@$(PY) -c 'import pathlib, polib; \
	  [polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo"))) \
	  for po in pathlib.Path("locale").glob("*/LC_MESSAGES/*.po")]'

test: $(DEV) chromium ## all but the slow tests, on real services (ARGS="-k ranking", WORKERS=2)
	@$(PY) -m tests.run --workers $(WORKERS) $(ARGS)

test-all: $(DEV) chromium libreoffice hunspell ## every test, on real services
	@$(PY) -m tests.run --all --workers $(WORKERS) $(ARGS)

chromium:
	@command -v chromium >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get -qq update && \
	  apt-get -qq install -y --no-install-recommends chromium >/dev/null; } || { \
	  echo "The pages are tested in a browser: install the Debian package chromium." >&2; exit 1; }

hunspell:
	@test -e /usr/share/hunspell/lt_LT.dic && command -v hunspell >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get -qq update && \
	  apt-get -qq install -y --no-install-recommends hunspell hunspell-lt >/dev/null; } || { \
	  echo "The Lithuanian is spelled by hunspell: install the Debian packages hunspell and hunspell-lt." >&2; exit 1; }

libreoffice:
	@command -v soffice >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get -qq update && \
	  apt-get -qq install -y --no-install-recommends libreoffice-calc-nogui >/dev/null; } || { \
	  echo "LibreOffice recalculates the workbooks in the tests: install the Debian package libreoffice-calc-nogui." >&2; exit 1; }

bench: $(DEV) ## the benchmarks, on a PostgreSQL that writes to disk (ARGS="…")
	@$(PY) -m tests.services --durable $(PY) -m benchmarks $(ARGS)

screens: $(DEV) chromium ## picture the main pages for the docs (ARGS="--language en")
	@$(PY) -m screens $(ARGS)

lock: $(UV) ## compile requirements/*.in anew (ARGS="--upgrade-package django")
	$(COMPILE) $(ARGS) -o requirements/base.txt requirements/base.in
	$(COMPILE) $(ARGS) -c requirements/base.txt -o requirements/dev.txt requirements/dev.in

clean: ## remove everything that can be made again; var/, the data, stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The virtual environment ------------------------------------------------
# The locks carry hashes: what is installed is what was tested, or nothing.

$(UV):
	@python=; for name in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python3.14; do \
	  test -n "$$name" || continue; \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$name; break; fi; done; \
	if test -z "$$python"; then \
	  echo "Error: no Python 3.11 or newer found. Install one, for example the system" \
	    "package python3.11, or name it: make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "Error: this Python cannot make virtual environments. Install the system" \
	    "package python$$version-venv (or python3-venv)." >&2; exit 1; fi; \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv $(VENV)
	@awk '/^uv==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements/dev.txt \
	  > $(VENV)/uv.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r $(VENV)/uv.txt

$(BASE): requirements/base.txt | $(UV)
	@echo "Installing what Sumani needs to run"
	@$(UV) pip install --quiet --python $(PY) --require-hashes --compile-bytecode \
	  -r requirements/base.txt
	@touch $@

$(DEV): requirements/dev.txt requirements/base.txt | $(UV)
	@echo "Installing what the tests need too"
	@$(UV) pip sync --quiet --python $(PY) --require-hashes --compile-bytecode \
	  requirements/dev.txt
	@touch $(BASE) $@

.PHONY: help demo run admin check lint fix messages test test-all chromium libreoffice hunspell bench lock clean
