-- The same tables, columns and keys as in migrations/sqlite.

-- Whoever signs in as a member of an account: the address under which its record lists them. Nothing for a holder.
alter table users add column member text collate "C";
alter table sign_in_links add column member text collate "C";

-- Whom an account's holder asked to sign in, by the address under which its record lists them.
create table member_invitations (
    account_id text collate "C" not null,
    member text collate "C" not null,
    invited_at bigint not null,
    -- When they first set a password since.
    joined_at bigint,
    -- Since when they may not sign in any longer.
    withdrawn_at bigint,
    primary key (account_id, member)
);

alter table member_invitations enable row level security;
alter table member_invitations force row level security;
create policy jobs on member_invitations to counterfoil_jobs using (true) with check (true);
create policy scope on member_invitations for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), ''));

grant select, insert, update, delete on member_invitations to counterfoil_jobs;
grant select on member_invitations to counterfoil_app;
