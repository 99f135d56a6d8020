#!/usr/bin/env bash
# Run by PostgreSQL's image at its first start: the database, and the role that owns it. It may make roles, for the
# migrations make the two that read and write; it may not pass by row-level security.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$(cat "${COUNTERFOIL_PASSWORD_FILE:-/run/secrets/counterfoil-password}")" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres "$@" <<'SQL'
create role counterfoil login createrole password :'password';
create database counterfoil owner counterfoil;
SQL
