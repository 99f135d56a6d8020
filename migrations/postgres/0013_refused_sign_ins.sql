-- Customers read of the log, besides what they did, who tried to be them.
drop policy scope on audit_log;
create policy scope on audit_log for select to counterfoil_app
    using (account_id = nullif(current_setting('counterfoil.account', true), '')
           and act in ('sign_in', 'sign_in_refused', 'password_changed', 'lookup_opened', 'lookup_closed',
                       'user_added', 'account_exported'));
