# The commands a person types. Each is one line that could be typed by hand.

.DEFAULT_GOAL := help
.PHONY: help run build dev test check fmt shots bench tools

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: build ## Build the release and serve it on http://127.0.0.1:3000, with the sandbox as Meta
	@target/release/pilotlight serve

build: tools ## Build the release: target/release/pilotlight and target/site
	@scripts/build.sh

dev: tools ## Serve a debug build and rebuild at every change
	@scripts/dev.sh

test: ## Install what the tests need and run every test there is
	@scripts/test.sh

check: ## The quick round: format, lints and the tests of the rules
	@scripts/check.sh

fmt: ## Format the Rust code
	@cargo fmt --all

shots: build ## Take pictures of every page into end2end/test-results/shots
	@scripts/end2end.sh shots

bench: build ## Measure speed, bytes and memory; prints a table, writes target/bench.json
	@scripts/bench.sh

tools: ## Install the build's tools: once per machine, and end2end/node_modules
	@scripts/tools.sh
