-- The same tables, columns and keys as in migrations/sqlite.
--
-- A report is a customer's word on one of their messages or transactions: that they did it, or that it was not them. It is
-- a thread with the desk.
create table reports (
    account_id text collate "C" not null,
    opened_at bigint not null,
    report_id text collate "C" not null,
    -- By which people speak of it.
    number bigint not null,
    -- Whose it is: of an account's people each reads their own.
    user_id text collate "C" not null,
    -- message or transaction, which one, and of what kind it is where that is known.
    about text collate "C" not null,
    about_id text collate "C" not null,
    kind text,
    -- did or not_me: what was said last.
    says text not null,
    -- 0 where somebody may be taking the account over, else 1: the desk reads those first.
    rank bigint not null,
    -- open, answered or closed, and since when.
    state text collate "C" not null,
    state_at bigint not null,
    -- How many entries its thread has.
    notes bigint not null,
    primary key (account_id, opened_at, report_id)
);

create unique index reports_by_subject on reports (account_id, user_id, about, about_id);
create unique index reports_by_number on reports (number);
create index reports_by_id on reports (report_id);
create index reports_by_state on reports (state, rank, state_at, number);

-- The entries of its thread, in their order.
create table report_notes (
    account_id text collate "C" not null,
    report_id text collate "C" not null,
    place bigint not null,
    written_at bigint not null,
    -- did or not_me (the customer's word), note, answer, or closed.
    entry text not null,
    user_id text collate "C" not null,
    -- Name and role as they were, whatever becomes of the person.
    user_name text not null,
    role text not null,
    text text not null,
    primary key (account_id, report_id, place)
);

do $$
declare
    personal text;
begin
    foreach personal in array array['reports', 'report_notes'] loop
        execute format('alter table %I enable row level security', personal);
        execute format('alter table %I force row level security', personal);
        execute format('create policy jobs on %I to counterfoil_jobs using (true) with check (true)', personal);
        execute format(
            'create policy scope on %I for select to counterfoil_app
             using (account_id = nullif(current_setting(''counterfoil.account'', true), ''''))',
            personal
        );
    end loop;
end
$$;

grant select on reports, report_notes to counterfoil_app;

-- What was said is never unsaid: no role changes or deletes it.
grant select, insert on reports, report_notes to counterfoil_jobs;
grant update (says, rank, kind, state, state_at, notes) on reports to counterfoil_jobs;
