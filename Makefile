# make run serves; make test proves. Both set up what they need, in .venv, once.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
BIN := .venv/bin
TSC := $(BIN)/node .venv/javascript/node_modules/typescript/bin/tsc
ROOT := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
INSTALL := $(ROOT) apt-get install --yes --quiet --no-install-recommends
APPLICATIONS := /Applications
# Two for each core, since tests wait for servers and browsers a third of their time.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$n" -lt 4 ] && echo $$((2 * n)) || echo 8)

.PHONY: help run demo test lint format words bench fuzz audit set-up servers

help:
	@echo 'make run     serve: the phone page, the wall and the desk'
	@echo 'make demo    serve a made-up event whose pledges arrive one by one'
	@echo 'make test    style, types, floors and every test, in a real browser too'
	@echo 'make format  put every file into the one style'
	@echo 'make words   bring the catalogues of words up to date with the code'
	@echo 'make bench   measure; see benchmarks/RESULTS.md'
	@echo 'make audit   compare the packages with the known advisories (needs the internet)'
	@echo 'make fuzz    send rubbish for about ten minutes; FUZZ_TRIES=20000 FUZZ_SECONDS=3600 for longer'

run: .venv/ready
	@exec $(BIN)/python keep_running.py

demo: .venv/ready
	@exec $(BIN)/python run.py demo

test: lint servers
	$(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal --maxfail 30 -m 'not alone'
	$(BIN)/python -m pytest --quiet -m alone

lint: .venv/ready-to-test .venv/ready-to-check-javascript
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml --no-logo
	$(TSC) --project tsconfig.json
	$(TSC) --project tests/javascript/worker.json

format: .venv/ready-to-test
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format

words: .venv/ready-to-test
	$(BIN)/python -m tests.support.catalogues

bench: .venv/ready-to-test
	$(BIN)/python -m benchmarks

fuzz: .venv/ready-to-test servers
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-fuzz.txt
	FUZZ_TRIES=$${FUZZ_TRIES:-1000} $(BIN)/python -m pytest --quiet tests/fuzz
	$(BIN)/python -m tests.fuzz.coverage_guided --seconds $${FUZZ_SECONDS:-60}

audit: .venv/bin/pip
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.venv/audit/bin/pip-audit --requirement requirements.txt --no-deps --disable-pip --progress-spinner off

set-up: .venv/ready

.venv/ready: requirements.txt | .venv/bin/pip
	@echo 'Setting up, once …'
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/ready-to-test: requirements.txt requirements-dev.txt | .venv/bin/pip
	@echo 'Setting up for the tests, once …'
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ .venv/ready

.venv/ready-to-check-javascript: tests/javascript/package.json tests/javascript/package-lock.json | .venv/ready-to-test
	@echo 'Setting up the checker of JavaScript, once …'
	@mkdir -p .venv/javascript && cp $^ .venv/javascript
	@cd .venv/javascript && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.venv/bin/pip:
	@[ -n '$(PYTHON)' ] || { echo 'Scribe Wall needs Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { command -v apt-get >/dev/null \
		&& $(ROOT) apt-get update --quiet && $(INSTALL) python3-venv; } \
		|| { echo 'Python cannot make a private environment here; on Debian: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# What the tests need besides Python: a browser (and where Debian has it, the same one without windows, which is quicker), Redis for several servers at once, LibreOffice to open exports, and a
# font with Chinese letters to print. For each: its Debian package, its name for people, and what shows that it is there.
servers:
	@missing=0; \
	need() { \
		package=$$1; words=$$2; shift 2; \
		for sign; do { command -v "$$sign" >/dev/null || [ -e "$$sign" ]; } && return; done; \
		if command -v apt-get >/dev/null; then \
			echo "Installing $$package, once …"; \
			$(ROOT) apt-get update --quiet >/dev/null \
				&& DEBIAN_FRONTEND=noninteractive $(INSTALL) $$package >/dev/null && return; \
		fi; \
		echo "The tests need $$words; please install it." >&2; missing=1; \
	}; \
	need chromium 'Chrome or Chromium (on a Mac: brew install google-chrome)' \
		chromium chromium-browser google-chrome google-chrome-stable \
		'$(APPLICATIONS)/Google Chrome.app/Contents/MacOS/Google Chrome'; \
	command -v chromium-headless-shell >/dev/null || ! command -v apt-get >/dev/null \
		|| $(INSTALL) chromium-headless-shell >/dev/null 2>&1 || true; \
	need redis-server 'Redis (on a Mac: brew install redis)' redis-server; \
	need libreoffice-calc-nogui 'LibreOffice (on a Mac: brew install libreoffice)' soffice; \
	need fonts-droid-fallback 'a font with Chinese letters (fonts-droid-fallback)' \
		/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf /System/Library/Fonts; \
	exit $$missing
