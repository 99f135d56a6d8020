use engine::{
    Account, AccountDevice, AccountId, AccountStatus, Date, E164, Imei, Language, Line, Member, TimeZone,
};

use crate::member_part::{MemberPart, member_at};

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
    pub phones: Vec<String>,
    /// The numbers it has or had.
    pub lines: Vec<LineView>,
    /// The devices it has or had.
    pub devices: Vec<HeldDeviceView>,
    /// Its people who are not its holder.
    pub members: Vec<MemberView>,
    /// Whether it is a member's part: themselves alone of its people, and their own lines.
    pub is_part: bool,
}

/// A number that is or was an account's, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// The number in international form.
    pub number: String,
    /// Its first day, where that is known.
    pub from: Option<Date>,
    /// Its last day; `None` while it is in use.
    pub to: Option<Date>,
}

/// A device that is or was an account's, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldDeviceView {
    /// All 15 digits.
    pub imei: String,
    /// What it is called.
    pub model: Option<String>,
    /// Its first day, where that is known.
    pub from: Option<Date>,
    /// Its last day; `None` while it is in use.
    pub to: Option<Date>,
}

/// One of an account's people who is not its holder, as its owner sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// The person's name.
    pub name: Option<String>,
    /// The addresses at which they get mail.
    pub emails: Vec<String>,
    /// The numbers at which they get text messages.
    pub phones: Vec<String>,
    /// The numbers that are theirs.
    pub lines: Vec<String>,
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
            phones: account.phones.iter().map(E164::to_string).collect(),
            lines: account.lines.iter().map(LineView::of).collect(),
            devices: account.devices.into_iter().map(HeldDeviceView::of).collect(),
            members: account.members.into_iter().map(MemberView::of).collect(),
            is_part: false,
        }
    }

    /// A member's part of it, with as many of its devices as are known to be of their lines.
    pub(crate) fn of_part(mut account: Account, part: &MemberPart, devices: &[Imei]) -> Self {
        let member = member_at(&account, &part.address).cloned();
        let is_own = |number: &E164| part.has_line(number.as_str());
        (account.name, account.emails, account.phones) = (None, Vec::new(), Vec::new());
        account.lines.retain(|line| is_own(&line.number));
        account.devices.retain(|held| devices.iter().any(|own| own.identity() == held.imei.identity()));
        account.members = member.into_iter().collect();
        Self { is_part: true, ..Self::of(account) }
    }
}

impl LineView {
    fn of(line: &Line) -> Self {
        Self { number: line.number.to_string(), from: line.from, to: line.to }
    }
}

impl HeldDeviceView {
    fn of(device: AccountDevice) -> Self {
        Self { imei: device.imei.printed(), model: device.model, from: device.from, to: device.to }
    }
}

impl MemberView {
    fn of(member: Member) -> Self {
        Self {
            name: member.name,
            emails: member.emails,
            phones: member.phones.iter().map(E164::to_string).collect(),
            lines: member.lines.iter().map(E164::to_string).collect(),
        }
    }
}
