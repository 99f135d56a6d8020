use engine::{Account, AccountDevice, Date, E164, Imei, Instant, Language, Line, Member, TimeZone};

use super::handset::{Handset, OldTradeIn};
use super::local_time::days_before;
use super::people::{FIRST_EN, FIRST_ES, LAST_EN, LAST_ES, STREETS, TOWNS_EN, TOWNS_ES, Town, plain_ascii};
use crate::dice::Dice;

/// An account with what its operator knows of it besides.
pub(super) struct Household {
    pub account: Account,
    pub dice: Dice,
    pub first_name: String,
    pub address: String,
    pub card: String,
    pub autopay: bool,
    pub wants_sms: bool,
    /// Gets its bills on paper.
    pub wants_paper: bool,
    /// What each line's service costs a month.
    pub monthly_cents: i64,
    /// The device of each line, in the lines' order.
    pub handsets: Vec<Handset>,
    /// Since when it has been a customer.
    pub joined: Instant,
    pub old_trade_in: Option<OldTradeIn>,
}

/// Who a household is, where it is not left to chance.
pub(super) struct Persona<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub town: &'a Town,
    pub lines: i64,
    pub days_joined: i64,
    /// Which account it is, of all: ids and numbers follow from it.
    pub place: i64,
    pub language: Language,
}

impl Persona<'_> {
    /// The household of this persona.
    pub(super) fn household(&self, dice: Dice, as_of: Instant) -> Household {
        let joined = days_before(as_of, self.days_joined);
        let mut house = Household {
            account: Account::bare(
                format!("LK-{}", 304_118 + self.place * 37).parse().expect("letters and digits"),
            ),
            first_name: self.name.split(' ').next().unwrap_or(self.name).to_owned(),
            address: String::new(),
            card: String::new(),
            autopay: false,
            wants_sms: true,
            wants_paper: false,
            monthly_cents: 0,
            handsets: Vec::new(),
            joined,
            old_trade_in: None,
            dice,
        };
        house.address = format!(
            "{}, {} {}, {}, {} {}",
            self.name,
            house.dice.between(11, 989),
            house.dice.pick(&STREETS),
            self.town.name,
            self.town.state,
            self.town.postal_code
        );
        house.card = format!("{:04}", house.dice.between(1000, 9999));
        house.monthly_cents = *house.dice.pick(&[3_500, 4_000, 4_500, 5_500]);
        let account = &mut house.account;
        account.name = Some(self.name.to_owned());
        account.emails = vec![self.email.to_owned()];
        account.locale = format!("{}-US", self.language.tag());
        account.time_zone = TimeZone::try_from(self.town.zone.to_owned()).expect("the towns' zones exist");
        for line in 0..self.lines {
            house.add_line(number(self.town.area_code, self.place, line), joined);
            let bought_at = days_before(as_of, house.dice.between(560, 900).min(self.days_joined));
            let handset = Handset::current(&mut house.dice);
            house.add_handset(handset, bought_at);
        }
        house.account.phones = vec![house.account.lines[0].number.clone()];
        house
    }
}

impl Household {
    /// A household left to chance, but for its place.
    pub(super) fn by_chance(seed: u64, place: i64, as_of: Instant) -> Self {
        let mut dice = Dice::new(seed, place.unsigned_abs());
        let language = if dice.chance(30) { Language::Es } else { Language::En };
        let (first, last, town) = match language {
            Language::En => (*dice.pick(&FIRST_EN), *dice.pick(&LAST_EN), dice.pick(&TOWNS_EN)),
            Language::Es => (*dice.pick(&FIRST_ES), *dice.pick(&LAST_ES), dice.pick(&TOWNS_ES)),
        };
        let name = format!("{first} {last}");
        let host = dice.pick(&["example.com", "example.net", "example.org"]);
        let email = format!("{}{}@{host}", plain_ascii(&name), 10 + place);
        let lines = *dice.pick(&[1, 1, 1, 2, 2, 3, 4]);
        let days_joined = if dice.chance(8) { dice.between(90, 480) } else { dice.between(700, 3_900) };
        let persona = Persona { name: &name, email: &email, town, lines, days_joined, place, language };
        let mut house = persona.household(dice, as_of);
        house.autopay = house.dice.chance(55);
        house.wants_sms = house.dice.chance(45);
        house.wants_paper = house.dice.chance(8);
        if lines > 1 && house.dice.chance(55) {
            let first =
                *house.dice.pick(if language == Language::Es { &FIRST_ES[..] } else { &FIRST_EN[..] });
            house.add_member(&format!("{first} {last}"), 1);
        }
        house
    }

    pub(super) fn language(&self) -> Language {
        self.account.language()
    }

    pub(super) fn zone(&self) -> &TimeZone {
        &self.account.time_zone
    }

    pub(super) fn day_of(&self, at: Instant) -> Date {
        Date::of(at, self.zone())
    }

    pub(super) fn add_line(&mut self, number: E164, at: Instant) {
        let from = Some(self.day_of(at));
        self.account.lines.push(Line { number, from, to: None });
    }

    /// The lines in use.
    pub(super) fn lines(&self) -> Vec<E164> {
        self.account.lines.iter().filter(|line| line.to.is_none()).map(|line| line.number.clone()).collect()
    }

    pub(super) fn add_handset(&mut self, handset: Handset, at: Instant) {
        let from = Some(self.day_of(at));
        let model = Some(handset.model.to_owned());
        self.account.devices.push(AccountDevice { imei: handset.imei, model, from, to: None });
        self.handsets.push(handset);
    }

    /// Puts a device in another's place, and says which that was.
    pub(super) fn replace_handset(&mut self, place: usize, with: Handset, at: Instant) -> Handset {
        self.add_handset(with, at);
        self.handsets.swap_remove(place)
    }

    /// Ends a device's time on the account.
    pub(super) fn part_with(&mut self, imei: &Imei, at: Instant) {
        let to = Some(self.day_of(at));
        for device in self.account.devices.iter_mut().filter(|device| device.imei == *imei) {
            device.to = to;
        }
    }

    /// Gives a line to a person who is not the holder.
    pub(super) fn add_member(&mut self, name: &str, line: usize) {
        let number = self.account.lines[line].number.clone();
        let email = format!("{}@example.net", plain_ascii(name));
        let (emails, phones) = (vec![email], vec![number.clone()]);
        self.account.members.push(Member {
            name: Some(name.to_owned()),
            emails,
            phones,
            lines: vec![number],
        });
    }

    /// How many minutes after something happens a message of it leaves: mostly a few, at times hours, and now
    /// and then it is ahead of books that are posted late.
    pub(super) fn lag(&mut self) -> i64 {
        match self.dice.between(0, 99) {
            0..76 => self.dice.between(1, 6),
            76..93 => self.dice.between(8, 95),
            93..97 => self.dice.between(180, 1_100),
            _ => -self.dice.between(4, 45),
        }
    }

    /// How many minutes after something happens a message leaves that must not wait.
    pub(super) fn prompt_lag(&mut self) -> i64 {
        self.dice.between(1, 4)
    }

    /// The number at which the person who has a line gets text messages.
    pub(super) fn phone_of(&self, line: &E164) -> String {
        let members = self.account.members.iter();
        let member =
            members.filter(|member| member.lines.contains(line)).find_map(|member| member.phones.first());
        member.unwrap_or(&self.account.phones[0]).to_string()
    }
}

/// A number of the 555 exchange that no other account and line has.
pub(super) fn number(area_code: &str, place: i64, line: i64) -> E164 {
    const PER_ACCOUNT: i64 = 8;
    format!("+1{area_code}555{:04}", 1_100 + place * PER_ACCOUNT + line).parse().expect("eleven digits")
}
