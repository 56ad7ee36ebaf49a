# The two commands: `make demo` and `make test`. Each does all the set-up it needs; a second run takes seconds.

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --silent

SERVE ?= 1
PORT ?= 8000
export LC_ALL := C.UTF-8
BIN := .venv/bin
PYTHON := $(BIN)/python
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
BASE_PACKAGES := python3-venv gettext $(PDF_PACKAGES)
TEST_PACKAGES := chromium-headless-shell libatomic1 qpdf poppler-utils
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: help demo serve test lint bench load lock messages system-demo system-test FORCE

help:
	@echo "make demo          set up, seed, build the demo audit and its report, serve it (SERVE=0: do not serve)"
	echo "make test          the whole test suite; on PostgreSQL with TEST_DATABASE_URL=postgres://..."
	echo "make lint          ruff, djade, mypy, import contract"
	echo "make bench         how times grow with the data, as a table of ratios"
	echo "make load          sixty phones on two walks against gunicorn; on PostgreSQL with TEST_DATABASE_URL"
	echo "make messages      collect strings into locale/*/LC_MESSAGES/django.po"
	echo "make lock          lock the dependencies anew and export them for pip"

# Installs what is missing where that is allowed, and otherwise says what to type.
define need_packages
	command -v dpkg-query >/dev/null || exit 0
	missing=
	for package in $(1); do
	  dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null | grep -q '^installed$$' || missing="$$missing $$package"
	done
	if [ -z "$$missing" ]; then exit 0; fi
	if [ "$$(id -u)" = 0 ]; then
	  export DEBIAN_FRONTEND=noninteractive
	  echo "Installing system packages:$$missing"
	  apt-get install -y -qq --no-install-recommends $$missing >/dev/null 2>&1 ||
	    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; }
	else
	  echo "Please install the missing system packages first:"
	  echo "  sudo apt-get install --no-install-recommends$$missing"
	  exit 1
	fi
endef

system-demo:
	@$(call need_packages,$(BASE_PACKAGES))

system-test:
	@$(call need_packages,$(BASE_PACKAGES) $(TEST_PACKAGES))

.venv/.installed: uv.lock requirements.txt
	@if command -v uv >/dev/null; then
	  uv sync --frozen --quiet
	else
	  python3 -m venv .venv
	  $(BIN)/pip install --quiet --require-hashes -r requirements.txt
	fi
	touch $@

# Always, which takes a blink: by its time alone a catalogue of another commit can look newer than its source.
%.mo: %.po FORCE
	@msgfmt --check-format -o $@ $<

FORCE:

var:
	@mkdir -p var

demo: system-demo
	@$(MAKE) .venv/.installed var
	$(MAKE) $(CATALOGUES) var/demo/.built
	echo
	$(PYTHON) manage.py demo --logins
	if [ "$(SERVE)" = 1 ]; then $(MAKE) serve; fi

# The demo is built again when the database is gone or anything that makes it has changed.
DEMO_SOURCES := $(shell find audits benchmarks checklists deskresearch fixtures focusgroups integra locale photovoice reports static templates -type f -not -name '*.pyc' -not -name '*.mo' 2>/dev/null)
ifeq ($(wildcard var/integra.sqlite3)$(DATABASE_URL),)
.PHONY: var/demo/.built
endif
var/demo/.built: .venv/.installed $(DEMO_SOURCES)
	@mkdir -p var/demo
	$(PYTHON) manage.py migrate --verbosity 0
	$(PYTHON) manage.py createcachetable
	$(PYTHON) manage.py seed
	$(PYTHON) manage.py demo
	touch $@

serve:
	@if ! $(PYTHON) -c "import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $(PORT)))" 2>/dev/null; then
	  echo "Port $(PORT) is in use. Stop what uses it, or choose another one: make demo PORT=8001"
	  exit 1
	fi
	echo "INTEGRA is at http://127.0.0.1:$(PORT) - stop it with Ctrl+C"
	export SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}" DEBUG_PAGES="$${DEBUG_PAGES:-false}"
	exec $(PYTHON) manage.py runserver --noreload 127.0.0.1:$(PORT)

test: system-test
	@$(MAKE) .venv/.installed var
	$(MAKE) $(CATALOGUES)
	if [ -n "$${TEST_DATABASE_URL:-}" ]; then export DATABASE_URL="$$TEST_DATABASE_URL"; fi
	exec $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

lint: .venv/.installed
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: .venv/.installed
	@$(PYTHON) -m tests.bench

load: .venv/.installed
	@if [ -n "$${TEST_DATABASE_URL:-}" ]; then export DATABASE_URL="$$TEST_DATABASE_URL"; fi
	exec $(PYTHON) -m tests.load $(ARGS)

lock:
	uv lock
	uv export --quiet --frozen --all-groups --no-emit-project --output-file requirements.txt

messages: .venv/.installed
	@for language in bg hr cs it sk ar uk; do
	  $(PYTHON) manage.py makemessages -l $$language --add-location file --no-obsolete --ignore 'var/*' --ignore '.venv/*' --ignore 'tests/*' -v 0
	done
