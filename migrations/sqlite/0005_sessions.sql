-- What a person is shown of their sessions, and when they last gave their password again in one.
alter table sessions add column handle text not null default '';
alter table sessions add column began_at integer not null default 0;
alter table sessions add column seen_at integer not null default 0;
-- The browser and the system, in a few words.
alter table sessions add column browser text not null default '';
alter table sessions add column confirmed_at integer;
-- Passwords tried for that since the last right one.
alter table sessions add column confirm_tries integer not null default 0;

-- Of a session that began before, no more is known than when it ends.
update sessions set handle = lower(hex(randomblob(16))), began_at = ends_at - 43200000000, seen_at = expires_at - 900000000;
