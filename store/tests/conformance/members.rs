//! A member sees exactly their own part of an account.

use std::collections::BTreeSet;

use engine::{Account, MessageId, TransactionId, Verdict};
use serde_json::{Value, json};
use store::{
    AccountScope, ActReply, AddUserError, Admission, Confirmed, HistoryEntry, HistoryFilter, HistoryQuery,
    MemberInvited, MemberState, NewUser, Page, Password, PasswordSet, Role, SessionKey, SignInChange,
    Standings, Store, StoreError,
};

use crate::customer::{
    PASSWORD, account_id, at, judge, load_messages, load_transactions, now, session_of, sign_in,
};
use crate::database::on_both_databases;
use crate::records::{Record, write_online};
use crate::sign_up::{NEW, act_at, ask, claim, set, signs_in, token};

/// The people of the account; each has an address, a number and a line, and the first is its holder.
const PEOPLE: [(&str, &str); 4] = [
    ("a-1@example.net", "+12065550100"),
    ("sam@example.net", "+12065550101"),
    ("kim@example.net", "+12065550102"),
    ("lou@example.net", "+12065550103"),
];

fn family(revision: u32, members: &[usize]) -> Value {
    let members: Vec<Value> = (members.iter().map(|place| PEOPLE[*place]))
        .map(|(email, number)| json!({ "name": format!("Called {email}"), "emails": [email.to_uppercase()], "phones": [number], "lines": [number] }))
        .collect();
    json!({
        "id": "A-1", "name": "Holder of A-1", "emails": ["a-1@example.net"], "phones": ["+12065550100"],
        "lines": PEOPLE.map(|(_, number)| json!({ "number": number })), "members": members, "revision": revision,
        "devices": [
            { "imei": "353918051234561", "model": "Canary of the holder" },
            { "imei": "353918059876546", "model": "Canary of sam" },
        ],
    })
}

async fn keep(store: &Store, account: Value) {
    let account: Account = serde_json::from_value(account).unwrap();
    write_online(store, &mut Standings::default(), now(), &[Record::Account(account)]).await;
}

fn member(address: &str) -> NewUser {
    NewUser {
        sign_in: address.to_owned(),
        name: format!("Called {address}"),
        role: Role::Customer,
        account: Some(account_id("A-1")),
        password: Password::new(PASSWORD),
    }
}

/// The scope of a member who signs in.
async fn member_scope(store: &Store, address: &str, session: i128) -> AccountScope {
    let user = store.add_member(member(address), now()).await.unwrap();
    let key = SessionKey::of(session);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    store.scope_of_session(&key, now()).await.unwrap().expect("a member whom the record lists").scope
}

async fn entries(store: &Store, scope: &AccountScope, limit: usize) -> Vec<HistoryEntry> {
    let (mut entries, mut page) = (Vec::new(), Page::Newest);
    loop {
        let query = HistoryQuery { filter: HistoryFilter::default(), page, limit };
        let read = store.read_history(scope, &query).await.unwrap();
        entries.extend(read.entries);
        match read.earlier {
            Some(cursor) => page = Page::Before(cursor),
            None => return entries,
        }
    }
}

/// Which message and which transaction an entry shows.
fn names(entry: &HistoryEntry) -> (Option<String>, Option<String>) {
    let message = entry.message.as_ref().map(|message| message.id.to_string());
    (message, entry.transaction.as_ref().map(|transaction| transaction.id.to_string()))
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A record, and which of the people it is of: a transaction by its line, a message by its recipient.
struct Owned {
    person: Option<usize>,
    id: String,
    record: Value,
}

fn random_transactions(dice: &mut Dice, count: usize) -> Vec<Owned> {
    let transaction = |place: usize| {
        let person = Some(dice.below(5)).filter(|person| *person < PEOPLE.len());
        let (id, hour) = (format!("T-{place}"), dice.below(200));
        let occurred_at = at("2026-04-10T09:00:00Z").plus(engine::Span::hours(hour.try_into().unwrap()));
        let kind = ["payment.received", "sim.changed", "plan.changed"][dice.below(3)];
        let mut record = json!({
            "id": id, "account": "A-1", "kind": kind, "occurred_at": occurred_at, "recorded_at": occurred_at,
            "references": [format!("PAY-{place}CANARY")], "amount": { "value": "86.40", "currency": "USD" },
            "summary": format!("canary-{place}-end"),
        });
        if let Some(person) = person {
            record["line"] = json!(PEOPLE[person].1);
        }
        Owned { person, id, record }
    };
    (0..count).map(transaction).collect()
}

/// Messages to anybody, about anything that happened on any line, or about nothing that did.
fn random_messages(dice: &mut Dice, transactions: &[Owned], count: usize) -> Vec<Owned> {
    let message = |place: usize| {
        let person = dice.below(PEOPLE.len());
        let (email, number) = PEOPLE[person];
        let (channel, recipient) = match dice.below(4) {
            0 => ("email", email.to_uppercase()),
            1 => ("email", format!(" {email}")),
            2 => ("email", email.to_owned()),
            _ => ("sms", number.to_owned()),
        };
        let about = dice.below(transactions.len() + 2);
        let sent_at = match transactions.get(about) {
            Some(about) => at(about.record["occurred_at"].as_str().unwrap()),
            None => at("2026-04-12T09:00:00Z"),
        };
        let id = format!("M-{place}");
        let amount = ["86.40", "12.00"][dice.below(5) / 4];
        let record = json!({
            "id": id, "account": "A-1", "channel": channel, "recipient": recipient, "subject": format!("note-{place}-end"),
            "sent_at": sent_at.plus(engine::Span::minutes(dice.below(90).try_into().unwrap())),
            "text": format!("Thank you. We received your payment of ${amount}. Confirmation PAY-{about}CANARY."),
        });
        Owned { person: Some(person), id, record }
    };
    (0..count).map(message).collect()
}

/// What is not a member's: of other people's records, by the marks in them.
fn marks_of_others(records: &[Owned], person: usize, prefix: &str) -> Vec<String> {
    let others = records.iter().enumerate().filter(|(_, owned)| owned.person != Some(person));
    others.map(|(place, _)| format!("{prefix}-{place}-end")).collect()
}

on_both_databases!(a_member_sees_exactly_their_own, |database| {
    let store = &database.store;
    keep(store, family(0, &[1, 2, 3])).await;
    let mut dice = Dice(11);
    let transactions = random_transactions(&mut dice, 60);
    let messages = random_messages(&mut dice, &transactions, 120);
    load_transactions(store, transactions.iter().map(|owned| owned.record.clone())).await;
    load_messages(store, messages.iter().map(|owned| owned.record.clone())).await;
    judge(store).await;
    let holder = sign_in(store, "A-1", 1).await;
    let whole: Vec<_> = entries(store, &holder, 200).await;
    let is_of = |records: &[Owned], id: &str, person| {
        records.iter().any(|owned| owned.id == id && owned.person == Some(person))
    };
    let mut shown = 0;
    for (person, (address, _)) in PEOPLE.iter().enumerate().skip(1) {
        let scope = member_scope(store, address, person as i128 + 1).await;
        let own = whole.iter().map(names).filter_map(|(message, transaction)| {
            let message = message.filter(|id| is_of(&messages, id, person))?;
            Some((Some(message), transaction.filter(|id| is_of(&transactions, id, person))))
        });
        let mut expected: Vec<_> = own.collect();
        let told: BTreeSet<String> = expected.iter().filter_map(|(_, about)| about.clone()).collect();
        let alone = transactions.iter().filter(|it| it.person == Some(person) && !told.contains(&it.id));
        expected.extend(alone.map(|it| (None, Some(it.id.clone()))));
        expected.sort();

        for limit in [3, 200] {
            let read = entries(store, &scope, limit).await;
            assert!(read.is_sorted_by(|a, b| a.at >= b.at));
            let mut found: Vec<_> = read.iter().map(names).collect();
            found.sort();
            assert_eq!(found, expected, "{address}, {limit} a page");
        }
        shown += expected.len();
        let summary = store.read_summary(&scope, at("2026-01-01T00:00:00Z")).await.unwrap();
        let own_messages = messages.iter().filter(|owned| owned.person == Some(person)).count();
        assert_eq!(summary.messages_total, own_messages as u64, "{address}");
        check_one_by_one(store, &scope, person, &transactions, &messages).await;
    }
    assert!(shown > 100, "{shown}: too little to tell anything by");
    // Beside the one account's other people, the holder sees all of it.
    assert_eq!(whole.iter().filter(|entry| entry.message.is_some()).count(), messages.len());
});

/// Each message and transaction is there for whose it is, and names nobody else's.
async fn check_one_by_one(
    store: &Store,
    scope: &AccountScope,
    person: usize,
    transactions: &[Owned],
    messages: &[Owned],
) {
    let of_others =
        [marks_of_others(transactions, person, "canary"), marks_of_others(messages, person, "note")].concat();
    let tells_nothing = |told: &str, of: &str| {
        let leak = of_others.iter().find(|mark| told.contains(mark.as_str()));
        assert_eq!(leak, None, "{of}: {told}");
    };
    for owned in messages {
        let id: MessageId = owned.id.parse().unwrap();
        let read = store.read_message(scope, &id).await.unwrap();
        assert_eq!(read.is_some(), owned.person == Some(person), "{}", owned.id);
        let Some(read) = read else { continue };
        tells_nothing(&format!("{read:?}"), &owned.id);
        assert!(read.verdict.is_some(), "what became of it is told in any case");
        let recorded =
            read.reasons.iter().flat_map(|reason| &reason.facts).any(|fact| fact.recorded.is_some());
        let own = read.transaction.is_some() || read.nearest.is_some() || !read.fitting.is_empty();
        assert!(own || !recorded, "{}: {:?}", owned.id, read.reasons);
        assert!(read.transaction.is_none() || !read.is_withheld);
    }
    for owned in transactions {
        let id: TransactionId = owned.id.parse().unwrap();
        let read = store.read_transaction(scope, &id).await.unwrap();
        assert_eq!(read.is_some(), owned.person == Some(person), "{}", owned.id);
        if let Some(read) = read {
            tells_nothing(&format!("{read:?}"), &owned.id);
        }
    }
    let account_now = store.read_account_now(scope, now(), at("2026-01-01T00:00:00Z")).await.unwrap();
    tells_nothing(&format!("{account_now:?}"), "account now");
    tells_nothing(&format!("{:?}", entries(store, scope, 200).await), "history");
}

on_both_databases!(what_vouches_but_is_another_lines_is_withheld, |database| {
    let store = &database.store;
    keep(store, family(0, &[1, 2])).await;
    let payment = |id: &str, line: &str, value: &str| {
        let mut payment = crate::customer::payment(id, "A-1", "2026-04-10T09:00:00Z", value);
        payment["line"] = json!(line);
        payment
    };
    load_transactions(store, [payment("T-1", PEOPLE[2].1, "86.40"), payment("T-2", PEOPLE[1].1, "12.00")])
        .await;
    let receipt = |id: &str, payment: &str, value: &str, person: usize| {
        let mut receipt = crate::customer::receipt(id, "A-1", "2026-04-10T10:00:00Z", payment, value);
        receipt["recipient"] = json!(PEOPLE[person].0);
        receipt
    };
    let messages = [
        receipt("M-1", "T-1", "86.40", 1),
        receipt("M-2", "T-1", "77.10", 1),
        receipt("M-3", "T-2", "12.00", 0),
    ];
    load_messages(store, messages).await;
    judge(store).await;
    let scope = member_scope(store, PEOPLE[1].0, 2).await;
    let message = async |id: &str| store.read_message(&scope, &id.parse().unwrap()).await.unwrap();

    let vouched = message("M-1").await.expect("it went to them");
    assert_eq!((vouched.verdict, vouched.is_withheld), (Some(Verdict::Matched), true));
    assert!(vouched.transaction.is_none() && vouched.reasons.is_empty(), "{vouched:?}");
    assert!(vouched.around.transactions.iter().all(|around| around.id.as_str() == "T-2"), "{vouched:?}");
    let differs = message("M-2").await.expect("it went to them");
    assert_eq!((differs.verdict, differs.is_withheld), (Some(Verdict::Differs), true));
    assert!(!format!("{differs:?}").contains("86.40"), "{differs:?}");
    assert_eq!(message("M-3").await, None);
    // Of their own line they see it, though only the holder was told.
    let own = store.read_transaction(&scope, &"T-2".parse().unwrap()).await.unwrap().expect("their line");
    assert_eq!(own.entries.iter().map(names).collect::<Vec<_>>(), [(None, Some("T-2".to_owned()))]);
    assert_eq!(store.read_transaction(&scope, &"T-1".parse().unwrap()).await.unwrap(), None);

    let whole = sign_in(store, "A-1", 3).await;
    let seen = store.read_message(&whole, &"M-1".parse().unwrap()).await.unwrap().expect("the account's");
    assert!(seen.transaction.is_some() && !seen.is_withheld, "the holder sees what vouches");
});

on_both_databases!(a_member_sees_themselves_and_their_own_of_the_account, |database| {
    let store = &database.store;
    keep(store, family(0, &[1, 2])).await;
    let mut changed = crate::customer::payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40");
    (changed["line"], changed["device"]) = (json!(PEOPLE[1].1), json!({ "imei": "353918059876546" }));
    load_transactions(store, [changed]).await;
    let scope = member_scope(store, PEOPLE[1].0, 2).await;
    let account = store.read_account(&scope).await.unwrap();
    assert!(account.is_part && account.name.is_none());
    assert!(account.emails.is_empty() && account.phones.is_empty());
    let lines: Vec<&str> = account.lines.iter().map(|line| line.number.as_str()).collect();
    assert_eq!(lines, [PEOPLE[1].1]);
    let devices: Vec<_> = account.devices.iter().map(|device| device.model.as_deref()).collect();
    assert_eq!(devices, [Some("Canary of sam")]);
    let people: Vec<_> = account.members.iter().map(|member| member.name.as_deref()).collect();
    assert_eq!(people, [Some("Called sam@example.net")]);
    assert!(matches!(store.read_lookups(&scope, None).await, Err(StoreError::HoldersAlone)));
    let holder = sign_in(store, "A-1", 3).await;
    assert!(store.read_lookups(&holder, None).await.is_ok());
    assert_eq!(store.read_account(&holder).await.unwrap().members.len(), 2);
});

on_both_databases!(the_feed_says_who_is_a_member, |database| {
    let store = &database.store;
    keep(store, family(0, &[1, 2])).await;
    for address in [PEOPLE[0].0, PEOPLE[3].0, "nobody@example.net"] {
        let added = store.add_member(member(address), now()).await;
        assert!(matches!(added, Err(AddUserError::NotAMember)), "{address}: {added:?}");
    }
    let key = SessionKey::of(2);
    member_scope(store, PEOPLE[1].0, 2).await;
    let sees = async || store.scope_of_session(&key, now()).await.unwrap().is_some();
    let mut shared = family(3, &[1, 2]);
    shared["emails"] = json!(["a-1@example.net", PEOPLE[1].0]);
    let mut deleted = family(6, &[1, 2]);
    deleted["deleted"] = json!(true);
    let records = [
        (family(1, &[2]), false, "no longer listed"),
        (family(2, &[2, 1]), true, "listed again"),
        (shared, false, "under an address of the holder's too"),
        (family(4, &[1]), true, "listed alone"),
        (family(5, &[]), false, "no members"),
        (deleted, false, "no account"),
    ];
    for (record, expected, why) in records {
        keep(store, record).await;
        assert_eq!(sees().await, expected, "{why}");
    }
});

async fn invite(store: &Store, key: &SessionKey, address: &str) -> MemberInvited {
    let (reply, _) = tokio::sync::oneshot::channel();
    let act = SignInChange::InviteMember { key: *key, address: address.to_owned(), reply };
    let ActReply::Invited(invited) = act_at(store, act, now()).await.reply else { panic!("an invitation") };
    invited
}

/// A holder who has given their password again.
async fn confirmed_holder(store: &Store) -> (SessionKey, AccountScope) {
    let scope = sign_in(store, "A-1", 1).await;
    let confirmed = store.confirm_session(&SessionKey::of(1), &Password::new(PASSWORD), now()).await.unwrap();
    let Confirmed::Renews(renewal) = confirmed else { panic!("the password is right") };
    let key = SessionKey::of(91);
    let user = store.user_of_session(&SessionKey::of(1), now()).await.unwrap();
    assert!(user.is_none(), "it has no id in between");
    let record = session_of(None);
    assert!(store.renew_session(&renewal, &key, &record).await.unwrap());
    (key, scope)
}

on_both_databases!(a_holder_invites_a_member_and_takes_their_sign_in_away, |database| {
    let store = &database.store;
    keep(store, family(0, &[1, 2])).await;
    let (key, holder) = confirmed_holder(store).await;
    let (sam, kim) = (PEOPLE[1].0, PEOPLE[2].0);
    let state = async |place: usize| store.read_members(&holder).await.unwrap()[place].state;
    assert_eq!(state(0).await, MemberState::NoSignIn);
    assert!(!ask(store, sam, now()).await, "who was not invited gets no link");
    for nobody in [PEOPLE[0].0, PEOPLE[3].0, "nobody@example.net", ""] {
        assert_eq!(invite(store, &key, nobody).await, MemberInvited::NotAMember, "{nobody}");
    }
    assert_eq!(invite(store, &SessionKey::of(1), sam).await, MemberInvited::NotConfirmed);
    assert_eq!(invite(store, &key, "SAM@example.net").await, MemberInvited::Sent);
    assert_eq!(state(0).await, MemberState::Invited(now()));
    let mail = claim(store, now()).await.expect("a mail");
    assert_eq!((mail.recipient.as_str(), mail.subject.as_str()), (sam, "Invitation in en"));
    let PasswordSet::For(user) = set(store, &token(&mail), now()).await else { panic!("the link is good") };
    assert_eq!(state(0).await, MemberState::SignsIn(now()));
    assert_eq!(invite(store, &key, sam).await, MemberInvited::SignsIn);

    let member_key = SessionKey::of(5);
    assert!(store.create_session(&member_key, &session_of(Some(&user))).await.unwrap());
    let scope = store.scope_of_session(&member_key, now()).await.unwrap().expect("a member").scope;
    assert!(scope.is_members() && matches!(store.read_members(&scope).await, Err(StoreError::HoldersAlone)));
    assert_eq!(invite(store, &member_key, kim).await, MemberInvited::NotConfirmed);
    assert_eq!(store.withdraw_member(&member_key, sam, now()).await.unwrap(), None);
    assert!(ask(store, sam, now()).await, "who signs in already may have a link");
    // Beside what tells of the password, written at the same moment.
    let (one, other) =
        (claim(store, now()).await.expect("a mail"), claim(store, now()).await.expect("another"));
    let reset = token(if one.subject.starts_with("Link") { &one } else { &other });

    assert_eq!(store.withdraw_member(&key, kim, now()).await.unwrap(), Some(false));
    assert_eq!(store.withdraw_member(&key, sam, now()).await.unwrap(), Some(true));
    assert_eq!(state(0).await, MemberState::Withdrawn(now()));
    assert!(store.scope_of_session(&member_key, now()).await.unwrap().is_none());
    assert_eq!(signs_in(store, sam, NEW).await, None);
    assert_eq!(set(store, &reset, now()).await, PasswordSet::LinkGone);
    assert!(!ask(store, sam, now()).await);
    // Invited again, and taken off the account before the link is used: it opens nothing.
    assert_eq!(invite(store, &key, sam).await, MemberInvited::Sent);
    let link = token(&claim(store, now()).await.expect("a mail"));
    keep(store, family(1, &[2])).await;
    assert_eq!(set(store, &link, now()).await, PasswordSet::LinkGone);
});

on_both_databases!(whoever_is_a_member_no_longer_is_told_so, |database| {
    let store = &database.store;
    keep(store, family(0, &[1])).await;
    store.add_member(member(PEOPLE[1].0), now()).await.unwrap();
    let tried = async |password: &str| {
        store.sign_in(PEOPLE[1].0, &Password::new(password), None, now()).await.unwrap()
    };
    assert!(matches!(tried(PASSWORD).await, Admission::Admitted(..)));
    keep(store, family(1, &[])).await;
    assert_eq!(tried(PASSWORD).await, Admission::NotListed);
    assert_eq!(tried("another one by the weir").await, Admission::Refused, "only who proves it is told");
});
