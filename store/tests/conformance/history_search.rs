use engine::Account;
use serde_json::json;
use store::{
    AccountScope, Fit, Found, HistoryFilter, HistoryQuery, NewUser, Page, Password, Role, SearchPage,
    SearchedEntry, SessionKey, Standings, Store, VerdictFilter,
};

use crate::customer::{
    PASSWORD, account_id, at, judge, load_accounts, load_messages, load_transactions, now, payment, receipt,
    session_of, sign_in,
};
use crate::database::on_both_databases;
use crate::records::{Record, write_online};

/// Finds entries in which a word stands, on either side; nearly, where only its beginning does.
fn having(word: &str) -> impl FnMut(&SearchedEntry) -> Option<Found> + Send + use<> {
    let (word, beginning) = (word.to_owned(), word[..3].to_owned());
    move |entry| {
        let device = entry.transaction.iter().filter_map(|it| it.device.as_ref()?.model.clone());
        let references = entry.transaction.iter().flat_map(|it| it.references.clone());
        let kind = entry.kind.iter().map(ToString::to_string);
        let texts = [&entry.subject, &entry.text, &entry.html].into_iter().flatten().cloned();
        let all: String = texts.chain(references).chain(device).chain(kind).collect::<Vec<_>>().join(" ");
        let fit = if all.contains(&word) { Fit::Exactly } else { Fit::Nearly };
        all.contains(&beginning).then(|| Found { fit, excerpt: Some(format!("found {word}")) })
    }
}

async fn search(
    store: &Store,
    scope: &AccountScope,
    word: &str,
    page: Page,
    limit: usize,
    fit: Option<Fit>,
) -> SearchPage {
    store.search_history(scope, (&page, limit), fit, having(word)).await.unwrap()
}

fn names(page: &SearchPage) -> Vec<String> {
    let name = |entry: &store::HistoryEntry| match (&entry.message, &entry.transaction) {
        (Some(message), _) => message.id.to_string(),
        (None, Some(transaction)) => transaction.id.to_string(),
        (None, None) => panic!("an entry of nothing"),
    };
    page.entries.iter().map(name).collect()
}

async fn load(store: &Store) {
    load_accounts(store, &["A-1", "A-2"]).await;
    let added = json!({ "id": "T-2", "account": "A-1", "kind": "device.added", "occurred_at": "2026-04-08T10:00:00Z",
                        "recorded_at": "2026-04-08T10:00:00Z", "device": { "imei": "35391805123456", "model": "Pixel 9" } });
    let paid = payment("T-1", "A-1", "2026-04-09T10:00:00Z", "86.40");
    load_transactions(store, [paid, added, payment("T-9", "A-2", "2026-04-09T10:00:00Z", "86.40")]).await;
    let offer = json!({ "id": "M-3", "account": "A-1", "channel": "push", "recipient": "device", "sent_at": "2026-04-11T09:00:00Z",
                        "html": "<p>Lantern evenings are back.</p>" });
    let messages = [
        receipt("M-1", "A-1", "2026-04-09T10:05:00Z", "T-1", "86.40"),
        receipt("M-2", "A-1", "2026-04-01T10:05:00Z", "T-7", "12.00"),
        offer,
        receipt("M-9", "A-2", "2026-04-09T10:05:00Z", "T-9", "86.40"),
    ];
    load_messages(store, messages).await;
    judge(store).await;
}

on_both_databases!(a_search_looks_at_both_sides, |database| {
    let store = &database.store;
    load(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    for (word, expected) in [
        ("Thank you", &["M-1", "M-2"][..]),
        ("received your", &["M-1", "M-2"]),
        ("PAY-T-1", &["M-1"]),
        ("Pixel", &["T-2"]),
        ("Lantern", &["M-3"]),
        ("device.added", &["T-2"]),
        ("payment.received", &["M-1", "M-2"]),
    ] {
        let page = search(store, &scope, word, Page::Newest, 50, Some(Fit::Exactly)).await;
        assert_eq!(names(&page), expected, "{word}");
        assert_eq!((page.earlier, page.fit), (None, Fit::Exactly));
    }
    let paid = search(store, &scope, "PAY-T-1", Page::Newest, 50, Some(Fit::Exactly)).await;
    let message = paid.entries[0].message.as_ref().expect("a receipt");
    assert_eq!(message.excerpt, "found PAY-T-1", "what was found stands in place of the beginning");
    assert!(paid.entries[0].transaction.is_some() && paid.entries[0].owner.as_str() == "A-1");
});

on_both_databases!(what_fits_nearly_is_shown_where_nothing_fits_exactly, |database| {
    let store = &database.store;
    load(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let exact = search(store, &scope, "PAY-T-1", Page::Newest, 50, None).await;
    assert_eq!((names(&exact), exact.fit), (vec!["M-1".to_owned()], Fit::Exactly));
    let near = search(store, &scope, "PAY-X", Page::Newest, 50, None).await;
    assert_eq!((names(&near), near.fit), (vec!["M-1".to_owned(), "M-2".to_owned()], Fit::Nearly));
    let none = search(store, &scope, "nowhere", Page::Newest, 50, None).await;
    assert!(none.entries.is_empty() && none.earlier.is_none());
});

on_both_databases!(a_search_finds_nothing_of_another_account, |database| {
    let store = &database.store;
    load(store).await;
    let (first, second) = (sign_in(store, "A-1", 1).await, sign_in(store, "A-2", 2).await);
    assert_eq!(names(&search(store, &second, "Thank you", Page::Newest, 50, None).await), ["M-9"]);
    assert!(search(store, &second, "Lantern", Page::Newest, 50, None).await.entries.is_empty());
    assert!(
        !names(&search(store, &first, "Thank you", Page::Newest, 50, None).await).contains(&"M-9".to_owned())
    );
});

on_both_databases!(a_member_finds_what_is_theirs, |database| {
    let store = &database.store;
    let family: Account = serde_json::from_value(json!({
        "id": "A-1", "emails": ["A-1@example.net"], "lines": [{ "number": "+12065550100" }, { "number": "+12065550101" }],
        "members": [{ "name": "Sam", "emails": ["sam@example.net"], "lines": ["+12065550101"] }],
    }))
    .unwrap();
    write_online(store, &mut Standings::default(), now(), &[Record::Account(family)]).await;
    let change = |id: &str, line: &str| {
        json!({ "id": id, "account": "A-1", "kind": "sim.changed", "occurred_at": "2026-04-08T10:00:00Z",
                "recorded_at": "2026-04-08T10:00:00Z", "line": line, "references": [format!("CHG-{id}")] })
    };
    load_transactions(store, [change("T-1", "+12065550100"), change("T-2", "+12065550101")]).await;
    let note = |id: &str, recipient: &str| {
        json!({ "id": id, "account": "A-1", "channel": "email", "recipient": recipient,
                "sent_at": "2026-04-11T09:00:00Z", "text": "Lantern evenings are back." })
    };
    load_messages(store, [note("M-1", "A-1@example.net"), note("M-2", "sam@example.net")]).await;
    judge(store).await;
    let sam = NewUser {
        sign_in: "sam@example.net".to_owned(),
        name: "Sam".to_owned(),
        role: Role::Customer,
        account: Some(account_id("A-1")),
        password: Password::new(PASSWORD),
    };
    let (user, key) = (store.add_member(sam, now()).await.unwrap(), SessionKey::of(2));
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    let member = store.scope_of_session(&key, now()).await.unwrap().expect("a member").scope;
    let holder = sign_in(store, "A-1", 1).await;
    for (word, of_holder, of_member) in [
        ("Lantern", &["M-2", "M-1"][..], &["M-2"][..]),
        ("CHG-T-", &["T-2", "T-1"], &["T-2"]),
        ("CHG-T-1", &["T-1"], &[]),
    ] {
        let found =
            async |scope| names(&search(store, scope, word, Page::Newest, 50, Some(Fit::Exactly)).await);
        assert_eq!(found(&holder).await, of_holder, "{word}");
        assert_eq!(found(&member).await, of_member, "{word}");
    }
});

on_both_databases!(pages_of_a_search_have_every_entry_once, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let messages = (0..450).map(|number| {
        let word = if number % 9 == 0 { "Lantern" } else { "Hello" };
        json!({ "id": format!("M-{number:03}"), "account": "A-1", "channel": "sms", "recipient": "+12065550123",
                "sent_at": format!("2026-04-{:02}T{:02}:00:00Z", 1 + number / 24, number % 24),
                "text": format!("{word} from all of us.") })
    });
    load_messages(store, messages).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    for limit in [1, 7, 49, 50, 60] {
        let mut found = Vec::new();
        let mut page = search(store, &scope, "Lantern", Page::Newest, limit, None).await;
        loop {
            assert!(page.entries.len() <= limit && page.fit == Fit::Exactly);
            found.extend(names(&page));
            let Some(cursor) = page.earlier else { break };
            page = search(store, &scope, "Lantern", Page::Before(cursor), limit, Some(Fit::Exactly)).await;
        }
        let expected: Vec<String> =
            (0..450).rev().filter(|it| it % 9 == 0).map(|it| format!("M-{it:03}")).collect();
        assert_eq!(found, expected, "{limit}");
    }
});

on_both_databases!(a_history_is_read_from_a_moment_back, |database| {
    let store = &database.store;
    load(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let read = async |moment: &str, filter: HistoryFilter| {
        let query = HistoryQuery { filter, page: Page::Until(at(moment)), limit: 1 };
        store.read_history(&scope, &query).await.unwrap()
    };
    let page = read("2026-04-09T10:05:00Z", HistoryFilter::default()).await;
    assert_eq!(
        page.entries[0].transaction.as_ref().map(|it| it.id.as_str()),
        Some("T-2"),
        "the moment itself is not before it"
    );
    let newer =
        HistoryQuery { filter: HistoryFilter::default(), page: Page::After(page.newer.unwrap()), limit: 50 };
    assert_eq!(store.read_history(&scope, &newer).await.unwrap().entries.len(), 2);
    assert!(page.earlier.is_some());
    let page = read("2027-01-01T00:00:00Z", HistoryFilter::default()).await;
    assert!(page.newer.is_none() && page.earlier.is_some(), "nothing is newer than the newest");
    assert!(read("2020-01-01T00:00:00Z", HistoryFilter::default()).await.entries.is_empty());
    let alone = HistoryFilter { verdict: Some(VerdictFilter::NoMessage), ..HistoryFilter::default() };
    let page = read("2026-04-09T10:05:00Z", alone).await;
    assert!(page.newer.is_none() && page.entries.len() == 1);
});

on_both_databases!(verdicts_are_counted_and_filtered_by, |database| {
    let store = &database.store;
    load(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let summary = store.read_summary(&scope, at("2026-04-05T00:00:00Z")).await.unwrap();
    assert_eq!(summary.begins_at, Some(at("2026-04-01T10:05:00Z")));
    for (verdict, expected) in
        [("matched", 1), ("unmatched", 1), ("informational", 1), ("none", 1), ("waiting", 0)]
    {
        let filter = HistoryFilter { verdict: Some(verdict.parse().unwrap()), ..HistoryFilter::default() };
        assert_eq!(summary.count(&filter), expected, "{verdict}");
        let query = HistoryQuery { filter, page: Page::Newest, limit: 50 };
        let page = store.read_history(&scope, &query).await.unwrap();
        assert_eq!(page.entries.len() as u64, expected, "{verdict}");
    }
    assert_eq!(summary.count(&HistoryFilter::default()), 4);
    assert_eq!(summary.count_in_span(|count| count.verdict.is_some()), 2);
});
