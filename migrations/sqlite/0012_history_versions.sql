-- How often an account's history changed: whoever waits for news of it asks for a number, and reads nothing of anybody.
create table history_versions (
    account_id text not null primary key,
    version integer not null
) strict, without rowid;
