use std::collections::BTreeSet;

use engine::{Account, AccountId};

use crate::dialect::Dialect;
use crate::json_list::json_list;
use crate::offer_link::read_record;
use crate::record_rows::account_of_record;
use crate::touched::Touched;
use crate::user::kept_sign_in;
use crate::write_mail::{NewMail, Post};
use crate::{MailKind, Store, StoreError, StoreTransaction, on_both};

/// Addresses told of one change: those of a household, not of a company.
const TOLD_MAX: usize = 10;

/// The accounts among some that somebody signs in for, as they are before a write.
pub(crate) async fn contacts_before(
    work: &mut StoreTransaction,
    accounts: &[Account],
) -> Result<Vec<Account>, StoreError> {
    let ids = json_list(accounts.iter().map(|account| &account.id));
    let records: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select record from accounts where account_id in ({texts}) and deleted = 0
               and exists (select 1 from users where users.account_id = accounts.account_id)",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    records.iter().map(|record| account_of_record(record)).collect()
}

impl Store {
    /// Tells the addresses that an account had before where its holder's addresses or numbers are others now, without
    /// the new ones: who changes them for somebody else must not be the only one to know. How many mails there are.
    pub(crate) async fn tell_contact_changes(
        &self,
        work: &mut StoreTransaction,
        before: Vec<Account>,
        post: Post<'_>,
        touched: &mut Touched,
    ) -> Result<usize, StoreError> {
        let mut told = 0;
        for former in before {
            let Some(account) = read_record(work, &former.id).await? else { continue };
            if contacts(&former) == contacts(&account) {
                continue;
            }
            let language = former.language();
            let addresses = former.emails.iter().filter(|email| !email.contains(char::is_control));
            for recipient in addresses.take(TOLD_MAX) {
                let mail = NewMail {
                    kind: MailKind::ContactChanged,
                    account: &former.id as &AccountId,
                    recipient,
                    name: former.name.as_deref().unwrap_or(recipient),
                    language,
                    link_id: None,
                };
                self.write_mail(work, &mail, post, touched).await?;
                told += 1;
            }
        }
        Ok(told)
    }
}

/// Where an account's holder is reached: how it is written does not count.
fn contacts(account: &Account) -> BTreeSet<String> {
    let phones = account.phones.iter().map(|phone| phone.as_str().to_owned());
    account.emails.iter().map(|email| kept_sign_in(email)).chain(phones).collect()
}
