# SPDX-License-Identifier: MIT
# The front door. Everything is built by Meson in $(BUILD); what is missing on the machine is installed by tools/setup.
BUILD ?= build
TEST = meson test --print-errorlogs -C
PREFIX ?= /usr/local
GOLD ?= gold

RELEASE ?= build-release
FUZZ_SECONDS ?= 60
FAULT_PARTS ?= 16
WITH_PYTHON = -Dpython=true -Dpython_for=$(CURDIR)/.venv/bin/python

.PHONY: all with-tests docs wheel bench-python spark bench-spark build-python/python setup-spark release setup setup-test run quick test asan valgrind fuzz gold names bench bench-register bench-tables kill faults standards deb sbom lint static coverage tsan bench-load install clean

# A first build is one without tests: what they need beyond the compiler (tools/setup test) is not asked of who only wants the program.
all: setup
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix $(PREFIX) -Dtests=false
	ninja -C $(BUILD)

with-tests: setup-test
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix $(PREFIX) $(WITH_PYTHON)
	@grep -q '_test\.p/' $(BUILD)/build.ninja && grep -q '_core\.abi3\.so\.p/' $(BUILD)/build.ninja || \
	    meson setup --reconfigure $(BUILD) -Dtests=true $(WITH_PYTHON)
	ninja -C $(BUILD)

# The Python package as a wheel in dist/, with the libraries that it needs, looked at and tried in a new environment.
wheel: setup-test
	@rm -rf dist $(BUILD)/wheel && export PATH="$(CURDIR)/.venv/bin:$$PATH" && \
	    .venv/bin/pip wheel -q --disable-pip-version-check --no-build-isolation --no-deps -w $(BUILD)/wheel . && \
	    python3 tools/wheel.py $(BUILD)/wheel/*.whl dist
	python3 tests/wheel.py dist/*.whl

# The program as packages ship it: the compiler learns from a run over reports what is frequent (about a quarter faster).
release: setup
	@test -f $(RELEASE)/build.ninja || meson setup $(RELEASE) --prefix $(PREFIX) -Dbuildtype=release -Dtests=false -Db_pgo=generate
	@meson configure $(RELEASE) -Db_pgo=generate
	ninja -C $(RELEASE)
	@find $(RELEASE) -name '*.gcda' -delete
	KARAR_UNCONFINED=1 $(RELEASE)/karar read --format jsonl samples tests/own/*/ >/dev/null
	@for turn in 1 2 3 4; do KARAR_UNCONFINED=1 $(RELEASE)/karar code src >/dev/null; done  # texts without facts: the first look
	@meson configure $(RELEASE) -Db_pgo=use
	ninja -C $(RELEASE)

setup:
	@tools/setup build

setup-test:
	@tools/setup test

# The sample reports: their records, then the account that they give together.
run: all
	@for report in samples/hi-session-10-page.txt samples/ur-session-10.txt samples/ru-session-10.txt samples/en-session-9.txt; do \
	    echo "== $$report"; $(BUILD)/karar read "$$report" || exit 1; done
	@rm -f $(BUILD)/samples.db $(BUILD)/samples.db-wal $(BUILD)/samples.db-shm
	@echo "== karar add samples/"
	@$(BUILD)/karar add --register $(BUILD)/samples.db samples/*.txt
	@echo "== karar sessions PAK-RUS"
	@$(BUILD)/karar sessions --register $(BUILD)/samples.db PAK-RUS
	@echo "== karar show PAK-RUS/freight-train"
	@$(BUILD)/karar show --register $(BUILD)/samples.db PAK-RUS/freight-train
	@echo "== karar brief PAK-RUS --as-of 2025-12-01"
	@$(BUILD)/karar brief --register $(BUILD)/samples.db PAK-RUS --as-of 2025-12-01

# All but what takes long (browsers, the longest runs of the command line, packages): between two changes.
quick: with-tests
	$(TEST) $(BUILD) --no-suite long $(TESTFLAGS)

test: with-tests
	$(TEST) $(BUILD) $(TESTFLAGS)

asan: setup-test
	@test -f build-asan/build.ninja || meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false
	ninja -C build-asan
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 $(TEST) build-asan -t 4

valgrind: with-tests
	$(TEST) $(BUILD) --suite unit -t 20 --wrap 'valgrind -q --leak-check=full --error-exitcode=9'

# libFuzzer and AFL++ over every door, FUZZ_SECONDS each; what they find lies in build-fuzz/found and build-afl/found, and bench/results.md
# has what was run last.
fuzz:
	@tools/setup fuzz
	@test -f build-fuzz/build.ninja || CC=clang CXX=clang++ meson setup build-fuzz -Dfuzz=true -Dhardened=false -Doptimization=1 \
	    -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link -Dcpp_args=-fsanitize=fuzzer-no-link
	@test -f build-afl/build.ninja || CC=afl-clang-fast CXX=afl-clang-fast++ AFL_QUIET=1 meson setup build-afl -Dfuzz=true -Dhardened=false \
	    -Doptimization=1 -Db_lundef=false
	ninja -C build-fuzz fuzzers
	AFL_QUIET=1 ninja -C build-afl fuzzers
	python3 tests/fuzz/run.py build-fuzz --afl build-afl --seconds $(FUZZ_SECONDS) --keep bench/results.md

gold: all
	python3 tools/gold.py $(BUILD)/karar ../shared/gold --keep bench/results.md

names: with-tests
	python3 tools/names.py $(BUILD)/tests/compare_names --keep bench/results.md

bench: release
	python3 bench/run.py $(RELEASE)/karar --gold ../shared/gold --keep bench/results.md
	@cmp -s bench/requirements.txt .venv-bench/requirements.installed || { rm -rf .venv-bench && python3 -m venv .venv-bench && \
	    .venv-bench/bin/pip install -q --disable-pip-version-check -r bench/requirements.txt && \
	    cp bench/requirements.txt .venv-bench/requirements.installed; }
	python3 bench/corpus.py $(RELEASE)/karar --gold ../shared/gold --peers .venv-bench/bin/python --keep bench/results.md

bench-register: all
	python3 bench/register.py $(BUILD)/karar --keep bench/results.md

# Takes an evening's quarter of an hour: add, decide, undo, rebuild and the upgrade of an old file are killed at 200 random moments.
kill: all
	python3 tests/kill.py $(BUILD)/karar

# Every allocation, every call of the disk and of files fails in turn, where the quick run tries some: hours, in FAULT_PARTS parts, each of which
# tries every FAULT_PARTS-th. A part that was well is noted in $(BUILD)/faults and passed over the next time; remove that to begin anew.
faults: with-tests
	@mkdir -p $(BUILD)/faults && for part in $$(seq 1 $(FAULT_PARTS)); do test -e $(BUILD)/faults/$$part-of-$(FAULT_PARTS) && continue; \
	    echo "part $$part of $(FAULT_PARTS)"; KARAR_THOROUGH=$$part/$(FAULT_PARTS) $(TEST) $(BUILD) --suite fault -t 40 && \
	    touch $(BUILD)/faults/$$part-of-$(FAULT_PARTS) || exit 1; done

# Exports by the tools of their standards: FollowTheMoney, CSVW, Datasette, DuckDB. Their packages are large, and one is compiled here.
standards: setup-test all
	@cmp -s tests/standards/requirements.txt .venv-standards/requirements.installed || { rm -rf .venv-standards && \
	    /usr/bin/python3 -m venv .venv-standards && \
	    .venv-standards/bin/pip install -q --disable-pip-version-check --require-hashes -r tests/standards/requirements.txt && \
	    cp tests/standards/requirements.txt .venv-standards/requirements.installed; }
	KARAR=$(abspath $(BUILD))/karar .venv-standards/bin/python -m pytest -q -p no:cacheprovider tests/standards

# The Debian packages, built twice and held against each other, lintian and systemd. Takes some minutes.
deb: setup
	tests/package.sh build-deb

# What the program consists of, with versions, as CycloneDX.
sbom: all
	python3 tools/sbom.py $(BUILD) --output $(BUILD)/karar.cdx.json
	@echo "$(BUILD)/karar.cdx.json"

# The house rules, cppcheck, clang-tidy without its analyzer: a minute and a half. `make static` asks that and gcc's, too: an hour.
lint: with-tests
	@tools/setup static
	python3 tools/tidy.py
	python3 tools/static.py $(BUILD) --tools cppcheck,bugprone

static: with-tests
	@tools/setup static
	python3 tools/static.py $(BUILD)

# Lines and branches that the tests reach, by room. Some tests run the program as nobody, who must be able to count, too.
coverage: setup-test
	@tools/setup static
	@test -f build-coverage/build.ninja || meson setup build-coverage -Db_coverage=true -Doptimization=0 -Dhardened=false
	ninja -C build-coverage
	@find build-coverage -name '*.gcda' -delete
	umask 0 && KARAR_UNCONFINED=1 $(TEST) build-coverage -t 6
	python3 tools/coverage.py build-coverage --keep bench/results.md

# Tests of what runs in several threads, under the sanitizer for threads.
tsan: setup-test
	@test -f build-tsan/build.ninja || meson setup build-tsan -Db_sanitize=thread -Db_lundef=false
	ninja -C build-tsan
	TSAN_OPTIONS=halt_on_error=1 $(TEST) build-tsan -t 10 base_crew api_options fuzz-http properties load

# The server for half an hour at 80 % of what it can, and under attack.
bench-load: all
	python3 bench/load.py $(BUILD)/karar --keep bench/results.md

# Python beside the engine alone; both of one build without profile.
bench-python: setup-test
	@test -f build-python/build.ninja || meson setup build-python -Dbuildtype=release -Dtests=false $(WITH_PYTHON)
	ninja -C build-python
	.venv/bin/python bench/python.py build-python --keep bench/results.md

# The manual as web pages, in $(BUILD)/html; its reference is written from what the program says of itself.
docs: all
	@tools/setup docs
	@cp $(BUILD)/docs/reference.md docs/manual/reference.md
	sphinx-build -q -W --keep-going -b html docs $(BUILD)/html
	@echo "$(BUILD)/html/index.html"

# Spark on a cluster of one master and two workers on this machine, one of which is killed; some minutes. Needs a Java runtime.
setup-spark:
	@tools/setup spark

build-python/python: setup-spark
	@test -f build-python/build.ninja || meson setup build-python -Dbuildtype=release -Dtests=false $(WITH_PYTHON)
	ninja -C build-python

spark: build-python/python
	cd tests/spark && PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$(CURDIR)/build-python/python $(CURDIR)/.venv-spark/bin/python -m pytest -q -p no:cacheprovider .

bench-spark: build-python/python
	PYTHONPATH=$(CURDIR)/build-python/python .venv-spark/bin/python bench/spark.py --keep bench/results.md

bench-tables: all
	python3 bench/tables.py $(BUILD)/karar ../shared/gold --keep bench/results.md

install: all
	DESTDIR=$(DESTDIR) meson install --no-rebuild -C $(BUILD)

clean:
	rm -rf $(BUILD) $(RELEASE) build-asan build-fuzz build-afl build-python dist
