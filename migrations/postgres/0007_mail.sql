-- The same tables, columns and keys as in migrations/sqlite.

-- Mail that is to be sent, written in the transaction of what it tells of. No link is in it: what stands in its place is
-- made when it is sent.
create table outbox (
    mail_id text collate "C" not null primary key,
    account_id text collate "C" not null,
    recipient text not null,
    subject text not null,
    -- Empty once nothing more is tried.
    body text not null,
    -- Whose link stands in the body, if any does.
    link_id text collate "C",
    -- waiting, sending, sent, failed, or unknown: whether it left is known of all but the last.
    state text not null,
    attempts bigint not null,
    written_at bigint not null,
    -- While it waits, when it is tried next; else when its state became so.
    due_at bigint not null
);

create index outbox_by_state on outbox (state, due_at);

-- Links with which a person sets their password, once. A link is found by its hash.
create table sign_in_links (
    token_hash bytea not null primary key,
    account_id text collate "C" not null,
    -- The address that it was sent to.
    sign_in text collate "C" not null,
    -- What the person is called.
    name text not null,
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index sign_in_links_by_sign_in on sign_in_links (sign_in, made_at);
create index sign_in_links_by_expiry on sign_in_links (expires_at);

-- Wrong passwords, by whatever was typed or asked from: under a keyed hash, whether anybody signs in so or not.
create table sign_in_tries (
    subject_hash bytea not null primary key,
    -- When the day began in which they are counted.
    began_at bigint not null,
    tries bigint not null,
    -- Before then no other password is looked at.
    next_at bigint not null
);

create index sign_in_tries_by_beginning on sign_in_tries (began_at);

-- Browsers that somebody has signed in with, by the hash of what their cookie holds.
create table known_devices (
    device_hash bytea not null,
    user_id text collate "C" not null references users (user_id) on delete cascade,
    seen_at bigint not null,
    primary key (device_hash, user_id)
);

create index known_devices_by_user on known_devices (user_id, seen_at);
create index known_devices_by_sight on known_devices (seen_at);

do $$
declare
    personal text;
begin
    foreach personal in array array['outbox', 'sign_in_links'] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
    end loop;
end
$$;

-- None of it is for the role that reads for customers.
grant select, insert, update, delete on outbox, sign_in_links, sign_in_tries, known_devices to counterfoil_jobs;
