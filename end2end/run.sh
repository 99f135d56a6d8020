#!/usr/bin/env bash
# Playwright on the pages, with what it needs. Further arguments are Playwright's: end2end/run.sh --project phone-dark
set -euo pipefail
cd "$(dirname "$0")/.."
NODE_MIN=20 # Playwright's own bound
NODE_ELSE=node@22.23.3

.ci/need npm nodejs npm
[ -n "${CHROMIUM:-}" ] || .ci/need /usr/bin/chromium chromium
if ! cmp -s package-lock.json node_modules/.counterfoil-lock; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.counterfoil-lock
fi

# Debian 12's Node is 18: then one from npm runs these tests and nothing else.
playwright=(node_modules/.bin/playwright)
major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
[ "$major" -ge "$NODE_MIN" ] || playwright=(npx --yes --package="$NODE_ELSE" -- node node_modules/@playwright/test/cli.js)

exec "${playwright[@]}" test --config end2end/playwright.config.ts "$@"
