use engine::Verdict;
use serde_json::json;

use crate::customer::{
    judge, load_accounts, load_messages, load_transactions, now, payment, receipt, sign_in,
};
use crate::database::on_both_databases;

on_both_databases!(a_message_is_shown_to_its_account_alone, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40")]).await;
    judge(store).await;
    let id = "M-1".parse().unwrap();
    let owner = sign_in(store, "A-1", 1).await;
    let other = sign_in(store, "A-2", 2).await;
    assert!(store.read_message(&owner, &id).await.unwrap().is_some());
    assert_eq!(store.read_message(&other, &id).await.unwrap(), None);
    assert_eq!(store.read_message(&owner, &"M-2".parse().unwrap()).await.unwrap(), None);
});

on_both_databases!(a_message_comes_with_its_grounds, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let transactions = [
        payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40"),
        payment("T-2", "A-1", "2026-04-08T10:00:00Z", "12.00"),
        payment("T-3", "A-1", "2026-04-08T09:59:59Z", "13.00"),
        payment("T-9", "A-2", "2026-04-10T09:00:00Z", "86.40"),
    ];
    load_transactions(store, transactions).await;
    let mut first = receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40");
    first["data"] = json!({ "amount": "86.40", "attempt": 1 });
    first["delivery"] = json!([{ "state": "delivered", "at": "2026-04-10T10:00:09Z" }]);
    let again = receipt("M-2", "A-1", "2026-04-10T11:00:00Z", "T-1", "86.40");
    load_messages(store, [first, again]).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;

    let message =
        store.read_message(&scope, &"M-1".parse().unwrap()).await.unwrap().expect("its own message");
    assert_eq!((message.verdict, message.told_before.as_ref()), (Some(Verdict::Matched), None));
    assert_eq!(message.transaction.as_ref().map(|transaction| transaction.id.as_str()), Some("T-1"));
    assert_eq!(
        (message.batch.as_ref().unwrap().as_str(), message.data.len(), message.delivery.len()),
        ("receipts", 2, 1)
    );
    let around: Vec<&str> =
        message.around.transactions.iter().map(|transaction| transaction.id.as_str()).collect();
    assert_eq!((around.as_slice(), message.around.more), (&["T-2", "T-1"][..], false));

    let again = store.read_message(&scope, &"M-2".parse().unwrap()).await.unwrap().expect("its own message");
    assert_eq!(again.verdict, Some(Verdict::Duplicate));
    assert_eq!(again.told_before.as_ref().map(|first| first.id.as_str()), Some("M-1"));
    assert_eq!(again.transaction.as_ref().map(|transaction| transaction.id.as_str()), Some("T-1"));
});

on_both_databases!(what_stood_before_comes_with_it_and_is_its_accounts_alone, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    load_transactions(store, [payment("T-0", "A-1", "2026-03-01T10:00:00Z", "1.00")]).await;
    let message = receipt("M-1", "A-1", "2026-04-20T10:00:00Z", "T-1", "86.40");
    load_messages(store, [receipt("M-0", "A-1", "2026-03-01T10:05:00Z", "T-0", "1.00"), message]).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let other = sign_in(store, "A-2", 2).await;
    let id = "M-1".parse().unwrap();
    let waiting = store.read_message(&scope, &id).await.unwrap().expect("its own message");
    assert_eq!((waiting.verdict, waiting.past.len()), (Some(Verdict::Waiting), 0));
    assert_eq!(waiting.judged_at, Some(now()));

    load_transactions(store, [payment("T-1", "A-1", "2026-04-20T09:00:00Z", "86.40")]).await;
    judge(store).await;
    let matched = store.read_message(&scope, &id).await.unwrap().expect("its own message");
    assert_eq!(matched.verdict, Some(Verdict::Matched));
    let [past] = &matched.past[..] else { panic!("{:?}", matched.past) };
    assert_eq!((past.owner.as_str(), past.verdict, past.judged_at), ("A-1", Verdict::Waiting, now()));
    assert_eq!(past.reasons.first().map(|reason| reason.cause.code()), Some("grace"));
    assert_eq!(store.read_message(&other, &id).await.unwrap(), None);
});

on_both_databases!(what_came_nearest_is_shown, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_transactions(store, [payment("T-1", "A-1", "2026-01-10T09:00:00Z", "86.40")]).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40")]).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let stale = store.read_message(&scope, &"M-1".parse().unwrap()).await.unwrap().expect("its own message");
    assert_eq!(stale.reasons.first().map(|reason| reason.cause.code()), Some("stale"));
    assert_eq!(stale.nearest.as_ref().map(|transaction| transaction.id.as_str()), Some("T-1"));
    assert!(stale.around.transactions.is_empty());
});

on_both_databases!(where_several_fit_all_are_shown, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let twins = ["T-1", "T-2"].map(|id| payment(id, "A-1", "2026-04-10T09:00:00Z", "86.40"));
    load_transactions(store, twins).await;
    let mut message = receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "", "86.40");
    message["text"] = json!("Thank you. We received your payment of $86.40.");
    load_messages(store, [message]).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let message =
        store.read_message(&scope, &"M-1".parse().unwrap()).await.unwrap().expect("its own message");
    assert_eq!(message.verdict, Some(Verdict::Ambiguous));
    assert_eq!(
        message.fitting.iter().map(|transaction| transaction.id.as_str()).collect::<Vec<_>>(),
        ["T-1", "T-2"]
    );
});

on_both_databases!(only_so_much_around_a_message_is_shown, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let payments = (0..60).map(|minute| {
        payment(&format!("T-{minute:02}"), "A-1", &format!("2026-04-10T09:{minute:02}:00Z"), "1.00")
    });
    load_transactions(store, payments).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T09:00:00Z", "none", "86.40")]).await;
    judge(store).await;
    let scope = sign_in(store, "A-1", 1).await;
    let around =
        store.read_message(&scope, &"M-1".parse().unwrap()).await.unwrap().expect("its own message").around;
    assert_eq!((around.transactions.len(), around.more), (50, true));
    assert_eq!(around.transactions.last().map(|transaction| transaction.id.as_str()), Some("T-49"));
});
