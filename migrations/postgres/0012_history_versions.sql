-- The same table, columns and key as in migrations/sqlite.

-- How often an account's history changed: whoever waits for news of it asks for a number, and reads nothing of anybody.
create table history_versions (
    account_id text collate "C" not null primary key,
    version bigint not null
);

alter table history_versions enable row level security;
alter table history_versions force row level security;
create policy jobs on history_versions to counterfoil_jobs using (true) with check (true);
create policy scope on history_versions for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), ''));

grant select on history_versions to counterfoil_app;
grant select, insert, update, delete on history_versions to counterfoil_jobs;
