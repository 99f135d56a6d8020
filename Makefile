# A new person's front door: `make demo` to see it, `make test` before a change is offered.
.NOTPARALLEL:
.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

ifdef CI
# What is built once from an empty clone gains nothing by it, and would keep gigabytes.
export CARGO_INCREMENTAL ?= 0
export CARGO_TARGET_DIR ?= $(HOME)/.cache/counterfoil/target
endif
TARGET := $(or $(CARGO_TARGET_DIR),target)
SITE := $(TARGET)/site
export COUNTERFOIL_SITE_DIR := $(abspath $(SITE))

CARGO_TEST := cargo $(if $(shell command -v cargo-nextest),nextest run,test)
DEEP_PROPTEST_CASES ?= 20000

.PHONY: help demo binary dev site test test-deep format lint arrows rust pages licences rust-deep pages-deep instruments bench-match bench-pages fuzz

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: binary ## A made-up operator with an incident in it, on http://localhost:3000, its sign-ins printed
	@exec env -u COUNTERFOIL_SITE_DIR $(TARGET)/release/counterfoil demo --data-dir demo

binary: site ## The one file that is installed, in the target directory's release/counterfoil
	cargo build --release -p server

dev: site ## The same from a debug build, and rebuilt as you type where cargo-leptos is installed
	@if command -v cargo-leptos >/dev/null; then exec cargo leptos watch -- demo --data-dir demo; \
	else exec cargo run -p server -- demo --data-dir demo; fi

test: ## Every check short of the long ones
	@.ci/checks format lint arrows rust pages

test-deep: ## What takes longer: the licences, the properties and crashes many times over, Firefox and Lighthouse
	@.ci/checks licences rust-deep pages-deep instruments

BENCH_ACCOUNTS ?= 6135
BENCH_CLAIMS ?= 1000000

bench-match: ## Speed beside DuckDB and polars on a million messages, and quality by kind of fault (docs/BENCHMARKS.md)
	cargo build --release -p server
	.ci/bench/judge $(BENCH_CLAIMS)
	.ci/bench/match $(BENCH_ACCOUNTS) $(abspath $(TARGET))/release/counterfoil
	.ci/bench/quality $(abspath $(TARGET))/release/counterfoil

bench-pages: binary ## How soon pages are there on a slow phone (docs/BENCHMARKS.md)
	COUNTERFOIL_BIN=$(abspath $(TARGET))/release/counterfoil end2end/instruments/run.sh speed

FUZZ_SECONDS ?= 600

fuzz: ## Made-up input for the engine, FUZZ_SECONDS (600) for each of its four readers
	.ci/fuzz $(FUZZ_SECONDS)

# The pages' wasm, stylesheet and files, as the server's build finds them in COUNTERFOIL_SITE_DIR. Files keep their times:
# what has not changed is not built again.
WASM := $(SITE)/pkg/counterfoil_bg.wasm
CSS := $(SITE)/pkg/counterfoil.css

site: $(WASM) $(CSS)
	@cp -Rp public/. $(SITE)/

$(WASM): Cargo.toml Cargo.lock .ci/wasm $(shell find app engine -type f -not -path 'engine/fuzz/*')
	.ci/wasm $(@D)

$(CSS): style $(sort $(wildcard style/*.css))
	@mkdir -p $(@D)
	cat $(filter %.css,$^) > $@

format:
	@.ci/component rustfmt
	cargo fmt --all --check

lint:
	@.ci/component clippy
	@.ci/tools >/dev/null
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy -p app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate -- -D warnings

arrows:
	.ci/arrows

rust: site
	@.ci/need '/usr/lib/postgresql/*/bin/initdb' postgresql
	@.ci/need /usr/sbin/nginx nginx-light
	.ci/with-postgres $(CARGO_TEST) --workspace

# `cargo test --no-run` leaves the same binary that the tests of `make rust` ran.
pages: site
	cargo test --workspace --no-run
	end2end/run.sh

pages-deep: site
	cargo test --workspace --no-run
	END2END_ALL=1 end2end/run.sh

instruments: binary
	COUNTERFOIL_BIN=$(abspath $(TARGET))/release/counterfoil end2end/instruments/run.sh firefox lighthouse

licences:
	@command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny check licenses bans sources

rust-deep:
	@.ci/need '/usr/lib/postgresql/*/bin/initdb' postgresql
	PROPTEST_CASES=$(DEEP_PROPTEST_CASES) COUNTERFOIL_KILL_ROUNDS=50 COUNTERFOIL_SIGN_OUTS=10000 COUNTERFOIL_TIMING_ROUNDS=1000 COUNTERFOIL_LEAK_REQUESTS=100000 NEXTEST_PROFILE=deep .ci/with-postgres $(CARGO_TEST) --workspace
