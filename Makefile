# SPDX-License-Identifier: MIT
# The front door. Everything is built by Meson in $(BUILD); what is missing on the machine is installed by tools/setup.
BUILD ?= build
TEST = meson test --print-errorlogs -C
PREFIX ?= /usr/local
GOLD ?= gold

.PHONY: all setup setup-test run test asan valgrind gold names bench lint install clean

all: setup
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --prefix $(PREFIX)
	ninja -C $(BUILD)

setup:
	@tools/setup build

setup-test:
	@tools/setup test

run: all
	@for report in $$(find samples -type f -name '*.txt' | sort); do echo "== $$report"; $(BUILD)/karar read "$$report" || exit 1; done

test: setup-test all
	$(TEST) $(BUILD) $(TESTFLAGS)

asan: setup-test
	@test -f build-asan/build.ninja || meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false
	ninja -C build-asan
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 $(TEST) build-asan -t 4

valgrind: setup-test all
	$(TEST) $(BUILD) --suite unit -t 20 --wrap 'valgrind -q --leak-check=full --error-exitcode=9'

gold: all
	python3 tools/gold.py $(BUILD)/karar ../shared/gold --keep bench/results.md

names: all
	python3 tools/names.py $(BUILD)/tests/compare_names --keep bench/results.md

bench: all
	python3 bench/run.py $(BUILD)/karar --gold ../shared/gold --keep bench/results.md

lint: setup
	python3 tools/tidy.py

install: all
	meson install -C $(BUILD)

clean:
	rm -rf $(BUILD) build-asan
