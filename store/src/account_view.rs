use engine::{Account, AccountDevice, AccountId, AccountStatus, E164, Language, Line, Member, TimeZone};

/// An account as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// The operator's own id.
    pub id: AccountId,
    /// The holder's name.
    pub name: Option<String>,
    /// Whether the account is in use.
    pub status: AccountStatus,
    /// The language in which the account is spoken to.
    pub language: Language,
    /// A BCP 47 locale, `en-US`.
    pub locale: String,
    /// The zone in which its days begin.
    pub time_zone: TimeZone,
    /// The addresses at which its holder gets mail.
    pub emails: Vec<String>,
    /// The numbers at which its holder gets text messages.
    pub phones: Vec<E164>,
    /// The numbers it has or had.
    pub lines: Vec<Line>,
    /// The devices it has or had.
    pub devices: Vec<AccountDevice>,
    /// Its people who are not its holder.
    pub members: Vec<Member>,
}

impl AccountView {
    pub(crate) fn of(account: Account) -> Self {
        Self {
            language: account.language(),
            id: account.id,
            name: account.name,
            status: account.status,
            locale: account.locale,
            time_zone: account.time_zone,
            emails: account.emails,
            phones: account.phones,
            lines: account.lines,
            devices: account.devices,
            members: account.members,
        }
    }
}
