use std::collections::BTreeSet;

use engine::{Channel, Verdict};
use serde_json::json;
use store::{AccountScope, Cursor, HistoryEntry, HistoryFilter, HistoryPage, HistoryQuery, Page, Store};

use crate::customer::{
    account_id, at, judge, load_accounts, load_messages, load_transactions, payment, receipt, sign_in,
};
use crate::database::on_both_databases;

const TIED: &str = "2026-04-10T14:37:00Z";

fn name_of(entry: &HistoryEntry) -> String {
    match (&entry.message, &entry.transaction) {
        (Some(message), _) => message.id.to_string(),
        (None, Some(transaction)) => transaction.id.to_string(),
        (None, None) => panic!("an entry of nothing: {entry:?}"),
    }
}

async fn read(
    store: &Store,
    scope: &AccountScope,
    filter: &HistoryFilter,
    page: Page,
    limit: usize,
) -> HistoryPage {
    let query = HistoryQuery { filter: filter.clone(), page, limit };
    store.read_history(scope, &query).await.unwrap()
}

async fn all(store: &Store, scope: &AccountScope, filter: HistoryFilter) -> Vec<HistoryEntry> {
    let page = read(store, scope, &filter, Page::Newest, HistoryQuery::ENTRIES_MAX).await;
    assert_eq!((page.earlier, page.newer), (None, None));
    page.entries
}

async fn load_two_customers(store: &Store) {
    load_accounts(store, &["A-1", "A-2"]).await;
    let paid = payment("T-1", "A-1", "2026-04-09T10:00:00Z", "86.40");
    let untold = json!({ "id": "T-2", "account": "A-1", "kind": "sim.changed", "occurred_at": "2026-04-08T10:00:00Z",
                         "recorded_at": "2026-04-08T10:00:00Z" });
    load_transactions(store, [paid, untold, payment("T-9", "A-2", TIED, "5.00")]).await;
    let offer = json!({ "id": "M-3", "account": "A-1", "channel": "sms", "recipient": "+12065550123",
                        "sent_at": "2026-04-11T09:00:00Z", "text": "Hello from all of us. Have a nice weekend!" });
    let page = json!({ "id": "M-4", "account": "A-1", "channel": "push", "recipient": "device", "sent_at": "2026-03-01T09:00:00Z",
                       "html": "<head><style>b{}</style></head><p>Hello&nbsp;from</p> <b>all of us.</b>" });
    let messages = [
        receipt("M-1", "A-1", "2026-04-09T10:05:00Z", "T-1", "86.40"),
        receipt("M-2", "A-1", "2026-04-01T10:05:00Z", "T-7", "12.00"),
        offer,
        page,
        receipt("M-9", "A-2", TIED, "T-9", "5.00"),
    ];
    load_messages(store, messages).await;
    judge(store).await;
}

on_both_databases!(a_history_pairs_messages_with_transactions, |database| {
    let store = &database.store;
    load_two_customers(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let entries = all(store, &scope, HistoryFilter::default()).await;
    let names: Vec<String> = entries.iter().map(name_of).collect();
    assert_eq!(names, ["M-3", "M-1", "T-2", "M-2", "M-4"]);

    let [offer, paid, untold, unmatched, page] = entries.as_slice() else { panic!("five entries") };
    assert_eq!(
        (offer.verdict, offer.attention, &offer.transaction),
        (Some(Verdict::Informational), false, &None)
    );
    assert_eq!((paid.verdict, paid.attention), (Some(Verdict::Matched), false));
    let message = paid.message.as_ref().expect("a receipt");
    assert_eq!(
        (message.channel, message.subject.as_deref()),
        (Channel::Email, Some("We received your payment"))
    );
    assert_eq!(message.excerpt, "Thank you. We received your payment of $86.40. Confirmation PAY-T-1.");
    let transaction = paid.transaction.as_ref().expect("a payment");
    assert_eq!(
        (transaction.id.as_str(), transaction.references.as_slice()),
        ("T-1", &["PAY-T-1".to_owned()][..])
    );
    assert_eq!(transaction.amount.map(engine::Money::value).as_deref(), Some("86.40"));
    assert_eq!((untold.verdict, untold.untold, untold.attention), (None, true, true));
    assert_eq!(untold.kind.as_ref().map(engine::Kind::as_str), Some("sim.changed"));
    assert_eq!((unmatched.verdict, unmatched.attention), (Some(Verdict::Unmatched), true));
    assert_eq!(unmatched.reasons.first().map(|reason| reason.cause.code()), Some("no_transaction"));
    assert_eq!(page.message.as_ref().map(|message| message.excerpt.as_str()), Some("Hello from all of us."));
});

on_both_databases!(filters_leave_what_they_name, |database| {
    let store = &database.store;
    load_two_customers(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let names = async |filter| all(store, &scope, filter).await.iter().map(name_of).collect::<Vec<_>>();
    let attention = HistoryFilter { attention_only: true, ..HistoryFilter::default() };
    assert_eq!(names(attention.clone()).await, ["T-2", "M-2"]);
    let sms = HistoryFilter { channel: Some(Channel::Sms), ..HistoryFilter::default() };
    assert_eq!(names(sms).await, ["M-3"]);
    let payments =
        HistoryFilter { kind: Some("payment.received".parse().unwrap()), ..HistoryFilter::default() };
    assert_eq!(names(payments.clone()).await, ["M-1", "M-2"]);
    assert_eq!(names(HistoryFilter { attention_only: true, ..payments }).await, ["M-2"]);
    assert!(names(HistoryFilter { channel: Some(Channel::Letter), ..attention }).await.is_empty());
});

on_both_databases!(a_summary_counts_what_a_history_shows, |database| {
    let store = &database.store;
    load_two_customers(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let summary = store.read_summary(&scope, at("2026-04-08T00:00:00Z")).await.unwrap();
    assert_eq!((summary.messages_total, summary.attention_total), (4, 2));
    assert_eq!((summary.in_span, summary.attention_in_span), (2, 1));
    assert_eq!(summary.by_channel, [(Channel::Email, 2), (Channel::Sms, 1), (Channel::Push, 1)]);
    let by_kind: Vec<(&str, u64)> =
        summary.by_kind.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(by_kind, [("payment.received", 2), ("sim.changed", 1)]);
});

on_both_databases!(a_history_is_its_accounts_alone, |database| {
    let store = &database.store;
    load_two_customers(store).await;
    let first = sign_in(store, "A-1", 1).await;
    let second = sign_in(store, "A-2", 2).await;
    let names = async |scope| {
        all(store, scope, HistoryFilter::default()).await.iter().map(name_of).collect::<Vec<_>>()
    };
    assert_eq!(names(&second).await, ["M-9"]);
    assert!(!names(&first).await.contains(&"M-9".to_owned()));
    assert_eq!(store.read_account(&second).await.unwrap().name.as_deref(), Some("Holder of A-2"));
    assert_eq!(store.read_summary(&second, at(TIED)).await.unwrap().messages_total, 1);

    // A place in one account's history says nothing in another's but its time.
    let page = read(store, &first, &HistoryFilter::default(), Page::Newest, 1).await;
    let there = page.earlier.expect("more than one entry");
    assert_eq!(
        read(store, &second, &HistoryFilter::default(), Page::Before(there), 10).await.entries.len(),
        1
    );
});

on_both_databases!(pages_show_every_entry_once_each_way, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let times = ["2026-04-09T00:00:00Z", TIED, TIED, TIED, TIED, TIED, "2026-04-11T00:00:00Z"];
    let names = ["M-0", "M-a", "M-A", "M-b", "M-_", "M-1", "M-2"];
    let messages = names.iter().zip(times).map(|(id, sent_at)| {
        json!({ "id": id, "account": "A-1", "channel": "sms", "recipient": "+12065550123", "sent_at": sent_at,
                "text": "Hello from all of us." })
    });
    load_messages(store, messages).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    for filter in
        [HistoryFilter::default(), HistoryFilter { channel: Some(Channel::Sms), ..HistoryFilter::default() }]
    {
        for limit in 1..=8 {
            check_both_ways(store, &scope, &filter, limit, &names).await;
        }
    }
});

async fn check_both_ways(
    store: &Store,
    scope: &AccountScope,
    filter: &HistoryFilter,
    limit: usize,
    names: &[&str],
) {
    let mut pages = vec![read(store, scope, filter, Page::Newest, limit).await];
    assert_eq!(pages[0].newer, None);
    while let Some(cursor) = pages.last().and_then(|page| page.earlier) {
        assert!(pages.len() < names.len(), "pages that never end");
        let written: Cursor = cursor.to_string().parse().expect("a cursor survives an address");
        pages.push(read(store, scope, filter, Page::Before(written), limit).await);
    }
    assert_eq!(pages.len(), names.len().div_ceil(limit));
    let shown: Vec<String> = pages.iter().flat_map(|page| &page.entries).map(name_of).collect();
    assert_eq!(shown.len(), names.len());
    assert_eq!(shown.iter().map(String::as_str).collect::<BTreeSet<_>>(), names.iter().copied().collect());
    for pair in pages.windows(2).rev() {
        let back =
            read(store, scope, filter, Page::After(pair[1].newer.expect("a page before it")), limit).await;
        assert_eq!((&back.entries, back.newer), (&pair[0].entries, pair[0].newer));
    }
}

on_both_databases!(an_entry_that_is_no_more_hides_no_other, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_transactions(store, ["T-1", "T-2", "T-3"].map(|id| payment(id, "A-1", TIED, "86.40"))).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let filter = HistoryFilter::default();
    let page = read(store, &scope, &filter, Page::Newest, 2).await;
    assert_eq!(page.entries.iter().map(name_of).collect::<Vec<_>>(), ["T-3", "T-2"]);
    let cursor = page.earlier.expect("a third entry");
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T14:40:00Z", "T-2", "86.40")]).await;
    judge(store).await;
    let earlier = read(store, &scope, &filter, Page::Before(cursor), 5).await;
    assert_eq!(earlier.entries.iter().map(name_of).collect::<Vec<_>>(), ["T-3", "T-1"]);
    let newer = read(store, &scope, &filter, Page::After(cursor), 5).await;
    assert_eq!(newer.entries.iter().map(name_of).collect::<Vec<_>>(), ["M-1", "T-3", "T-1"]);
});

on_both_databases!(a_history_has_another_version_when_it_changes_and_only_then, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let accounts = [account_id("A-1"), account_id("A-2")];
    let scope = sign_in(store, "A-1", 7).await;
    assert!(store.history_versions(&accounts).await.unwrap().is_empty());
    assert_eq!(store.read_history_version(&scope).await.unwrap(), 0);
    load_transactions(store, [payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40")]).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40")]).await;
    judge(store).await;
    let first = store.history_versions(&accounts).await.unwrap();
    assert_eq!(first.keys().collect::<Vec<_>>(), [&accounts[0]], "nothing happened on the other");
    assert_eq!(store.read_history_version(&scope).await.unwrap(), first[&accounts[0]]);
    load_messages(store, [receipt("M-2", "A-2", "2026-04-10T11:00:00Z", "T-1", "86.40")]).await;
    judge(store).await;
    let second = store.history_versions(&accounts).await.unwrap();
    assert_eq!((second[&accounts[0]], second.len()), (first[&accounts[0]], 2), "what stays has its version");
});
