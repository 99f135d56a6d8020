-- The same tables, columns and keys as in migrations/sqlite.
--
-- Published statements. What was said stays as it was said: a correction is another revision.
create table incidents (
    slug text collate "C" not null,
    revision bigint not null,
    -- published, superseded or withdrawn.
    state text collate "C" not null,
    began_at bigint not null,
    published_at bigint not null,
    -- When this revision took the place of what was said before, and when it was withdrawn.
    kept_at bigint not null,
    withdrawn_at bigint,
    -- engine::Said as JSON.
    said text not null,
    messages_touched bigint not null,
    accounts_touched bigint not null,
    accounts_disclosed bigint not null,
    primary key (slug, revision)
);

create index incidents_by_state on incidents (state, published_at);

-- Which messages those that are published are about, whenever they come.
create table incident_covers (
    -- batch, template or message.
    sort text collate "C" not null,
    name text collate "C" not null,
    slug text collate "C" not null,
    sent_from bigint not null,
    -- What is sent at this moment is not of it.
    sent_until bigint not null,
    primary key (sort, name, slug, sent_from)
);

-- The messages that they are about.
create table touched_messages (
    account_id text collate "C" not null,
    sent_at bigint not null,
    message_id text collate "C" not null,
    slug text collate "C" not null,
    primary key (account_id, sent_at, message_id, slug)
);

create index touched_messages_by_incident on touched_messages (slug, account_id);

-- Accounts whose identifiers appeared in others' messages, or were shown to others.
create table disclosed_accounts (
    account_id text collate "C" not null,
    slug text collate "C" not null,
    primary key (account_id, slug)
);

-- What the covered messages have in common, as hashes of three words each (engine::Shape): nothing of anybody's.
create table incident_shapes (
    slug text collate "C" not null,
    place bigint not null,
    -- A JSON list of integers.
    shape text not null,
    primary key (slug, place)
);

do $$
declare
    personal text;
begin
    foreach personal in array array['touched_messages', 'disclosed_accounts'] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
        execute format(
            'create policy scope on %I for select to counterfoil_app '
            'using (account_id = nullif(current_setting(''counterfoil.account'', true), ''''))', personal);
        execute format('grant select on %I to counterfoil_app', personal);
    end loop;
end
$$;

-- What is published is for everybody.
grant select on incidents to counterfoil_app;
grant select, insert, update, delete on
    incidents, incident_covers, touched_messages, disclosed_accounts, incident_shapes
to counterfoil_jobs;
