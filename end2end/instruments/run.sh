#!/usr/bin/env bash
# run.sh firefox|lighthouse|speed...: looks at the demonstration with other instruments than Playwright's, and gets what they need.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=end2end/instruments

.ci/need npm nodejs npm
for instrument in "$@"; do
  case $instrument in
    firefox) [ -n "${FIREFOX:-}" ] || .ci/need /usr/bin/firefox-esr firefox-esr ;;
    lighthouse | speed) [ -n "${CHROMIUM:-}" ] || .ci/need /usr/bin/chromium chromium ;;
    *) echo "no such instrument: $instrument" >&2; exit 2 ;;
  esac
done
if ! cmp -s "$here/package-lock.json" "$here/node_modules/.counterfoil-lock"; then
  npm ci --prefix "$here" --no-audit --no-fund --loglevel=error
  cp "$here/package-lock.json" "$here/node_modules/.counterfoil-lock"
fi

# Debian 12's Node is 18: then one from npm runs these and nothing else.
node=(node)
[ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] || node=(npx --yes --package=node@22.23.3 -- node)
for instrument in "$@"; do
  "${node[@]}" "$here/$instrument.mjs"
done
