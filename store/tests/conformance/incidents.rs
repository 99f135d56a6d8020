//! What is published about what went wrong, and on whose messages it is said.

use engine::{HeldText, Incident, Instant, Message, MessageId};
use serde_json::{Value, json};
use store::{AccountScope, HistoryQuery, Progress, PublishIncidentError, Store};

use crate::customer::{at, judge, load_accounts, load_messages, now, receipt, sign_in};
use crate::database::on_both_databases;

/// A statement about what `covers` and `disclosed` say, in TOML.
pub fn statement(slug: &str, revision: i64, rest: &str) -> Incident {
    let text = format!(
        "slug = \"{slug}\"\nrevision = {revision}\npublished_at = 2026-04-12T12:00:00Z\n{rest}\n\
         [en]\ntitle = \"By mistake {revision}\"\nhappened = \"It happened.\"\ntouched = \"Some.\"\nwhat_to_do = \"Nothing.\"\n\
         [es]\ntitle = \"Por error\"\nhappened = \"Pasó.\"\ntouched = \"Algunos.\"\nwhat_to_do = \"Nada.\"\n"
    );
    Incident::from_toml(&text).unwrap()
}

const BATCH: &str = "[covers]\nbatches = [\"archive\"]";

/// A confirmation out of an archive.
fn archived(id: &str, account: &str, sent_at: &str) -> Value {
    let mut message = receipt(id, account, sent_at, id, "86.40");
    message["batch"] = json!("archive");
    message["template"] = json!("old_trade_in");
    message["subject"] = json!("Your trade-in");
    message["text"] = json!(format!(
        "Dear Holder of {account}, this confirms that we received your trade-in {id}, a phone of {account}, and thank you for \
         trading in with us."
    ));
    message
}

/// The slugs of the incidents by which a message was sent, on its page and in the history.
async fn mistake(store: &Store, scope: &AccountScope, id: &str) -> Option<String> {
    let id: MessageId = id.parse().unwrap();
    let message = store.read_message(scope, &id).await.unwrap().expect("its own message");
    let query =
        HistoryQuery { filter: store::HistoryFilter::default(), page: store::Page::Newest, limit: 50 };
    let page = store.read_history(scope, &query).await.unwrap();
    let entry = page.entries.iter().filter_map(|entry| entry.message.as_ref()).find(|it| it.id == id);
    let of_entry = entry.and_then(|it| it.mistake.as_ref()).map(|note| note.slug.to_string());
    let of_message = message.mistake.map(|note| note.slug.to_string());
    assert_eq!(of_message, of_entry);
    of_message
}

async fn lately(store: &Store, scope: &AccountScope, since: &str) -> (Vec<(String, u64)>, Vec<String>) {
    let found = store.read_account_incidents(scope, at(since)).await.unwrap();
    let by_mistake = found.by_mistake.iter().map(|(note, count)| (note.slug.to_string(), *count)).collect();
    (by_mistake, found.disclosed.iter().map(|note| note.slug.to_string()).collect())
}

on_both_databases!(each_message_that_an_incident_is_about_says_so, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2", "A-3"]).await;
    let mut templated = receipt("M-3", "A-1", "2026-04-11T10:00:00Z", "T-1", "1.00");
    templated["template"] = json!("survey");
    let mut outside = templated.clone();
    (outside["id"], outside["sent_at"]) = (json!("M-4"), json!("2026-04-12T00:00:00Z"));
    let messages = [
        archived("M-1", "A-1", "2026-04-10T10:00:00Z"),
        receipt("M-2", "A-1", "2026-04-10T11:00:00Z", "T-1", "86.40"),
        templated,
        outside,
        archived("M-5", "A-2", "2026-04-10T10:05:00Z"),
        receipt("M-6", "A-2", "2026-04-10T11:00:00Z", "T-1", "86.40"),
    ];
    load_messages(store, messages).await;
    judge(store).await;
    let covers = "[covers]\nbatches = [\"archive\"]\nmessages = [\"M-6\"]\n[[covers.templates]]\nname = \"survey\"\n\
                  from = 2026-04-11T00:00:00Z\nuntil = 2026-04-12T00:00:00Z\n[disclosed]\naccounts = [\"A-3\", \"A-3\"]";
    let published = store.publish_incident(&statement("one", 1, covers), now()).await.unwrap();
    assert_eq!(
        (published.messages_touched, published.accounts_touched, published.accounts_disclosed),
        (4, 2, 1)
    );
    assert_eq!(published.began_at, at("2026-04-10T10:00:00Z"), "its first message");

    let [first, second, third] =
        [sign_in(store, "A-1", 1).await, sign_in(store, "A-2", 2).await, sign_in(store, "A-3", 3).await];
    for (scope, id, is) in [
        (&first, "M-1", true),
        (&first, "M-2", false),
        (&first, "M-3", true),
        (&first, "M-4", false),
        (&second, "M-5", true),
        (&second, "M-6", true),
    ] {
        assert_eq!(mistake(store, scope, id).await, is.then(|| "one".to_owned()), "{id}");
    }
    assert_eq!(lately(store, &first, "2026-04-01T00:00:00Z").await, (vec![("one".to_owned(), 2)], vec![]));
    assert_eq!(lately(store, &first, "2026-04-11T00:00:00Z").await, (vec![("one".to_owned(), 1)], vec![]));
    assert_eq!(lately(store, &third, "2026-04-01T00:00:00Z").await, (vec![], vec!["one".to_owned()]));

    let number = store.counterfoil_numbers_of(&["M-1".parse().unwrap()]).await.unwrap()[0].unwrap();
    let checked = store.check_number(number, None).await.unwrap().unwrap();
    assert_eq!(checked.mistake.unwrap().slug.as_str(), "one", "also to whoever holds it");
});

on_both_databases!(what_comes_later_is_covered_too_and_goes_where_its_message_goes, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_messages(store, [archived("M-1", "A-1", "2026-04-10T10:00:00Z")]).await;
    store.publish_incident(&statement("one", 1, BATCH), now()).await.unwrap();
    let mut unnamed = archived("M-3", "A-9", "2026-04-10T12:00:00Z");
    unnamed.as_object_mut().unwrap().remove("account");
    load_messages(store, [archived("M-2", "A-1", "2026-04-10T11:00:00Z"), unnamed]).await;
    // Whose it is becomes known when the account that has its recipient comes.
    load_accounts(store, &["A-9"]).await;
    judge(store).await;
    let [first, ninth] = [sign_in(store, "A-1", 1).await, sign_in(store, "A-9", 9).await];
    assert_eq!(mistake(store, &first, "M-2").await.as_deref(), Some("one"));
    assert_eq!(mistake(store, &ninth, "M-3").await.as_deref(), Some("one"));

    let mut gone: Message = serde_json::from_value(archived("M-2", "A-1", "2026-04-10T11:00:00Z")).unwrap();
    (gone.revision, gone.deleted, gone.text) = (2, true, None);
    let progress = Progress { feed: "cases".to_owned(), file: "gone".to_owned(), lines_done: 1 };
    store.load_messages(&progress, vec![gone], now()).await.unwrap();
    assert_eq!(lately(store, &first, "2026-04-01T00:00:00Z").await.0, [("one".to_owned(), 1)]);
    store.count_public_record(engine::Span::ZERO, now()).await.unwrap();
    let incident = store.read_incidents().await.unwrap().remove(0);
    assert_eq!((incident.messages_touched, incident.accounts_touched), (2, 2), "counted anew");
});

on_both_databases!(
    a_correction_takes_the_place_of_what_was_said_and_a_withdrawal_takes_it_back,
    |database| {
        let store = &database.store;
        load_accounts(store, &["A-1"]).await;
        let messages = [
            archived("M-1", "A-1", "2026-04-10T10:00:00Z"),
            receipt("M-2", "A-1", "2026-04-10T11:00:00Z", "T-1", "1.00"),
        ];
        load_messages(store, messages).await;
        judge(store).await;
        let scope = sign_in(store, "A-1", 1).await;
        store.publish_incident(&statement("one", 1, BATCH), now()).await.unwrap();
        let again = store.publish_incident(&statement("one", 1, BATCH), now()).await.unwrap_err();
        assert!(again.to_string().contains("give a correction revision 2"), "{again}");
        store.publish_incident(&statement("one", 2, "[covers]\nmessages = [\"M-2\"]"), now()).await.unwrap();
        assert_eq!(mistake(store, &scope, "M-1").await, None);
        assert_eq!(mistake(store, &scope, "M-2").await.as_deref(), Some("one"));
        let all = store.read_incidents().await.unwrap();
        assert_eq!((all.len(), all[0].revision), (1, 2));

        let slug = "one".parse().unwrap();
        store.withdraw_incident(&slug, now()).await.unwrap();
        assert_eq!(mistake(store, &scope, "M-2").await, None);
        assert!(store.read_incidents().await.unwrap().is_empty());
        assert_eq!(store.read_incident(&slug).await.unwrap().unwrap().withdrawn_at, Some(now()));
        assert!(matches!(
            store.withdraw_incident(&slug, now()).await,
            Err(PublishIncidentError::NotPublished(_))
        ));
        assert_eq!(database.rows("incidents").await.len(), 2, "what was said stays");
        let acts = database
            .beside()
            .await
            .texts("select act from audit_log where act like 'incident%' order by sequence")
            .await;
        assert_eq!(acts, ["incident_published", "incident_published", "incident_withdrawn"]);
    }
);

on_both_databases!(what_is_spelt_wrong_is_not_published, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_messages(store, [archived("M-1", "A-1", "2026-04-10T10:00:00Z")]).await;
    for (rest, said) in [
        ("[covers]\nbatches = [\"archive\", \"archiv\"]", "there is no message of the batch `archiv`"),
        ("[covers]\nmessages = [\"M-1\", \"M-9\"]", "the message M-9 is not known"),
        (
            "[covers]\ntemplates = [{ name = \"old_trade_in\", from = 2026-01-01T00:00:00Z, until = 2026-02-01T00:00:00Z }]",
            "no message of the template `old_trade_in` was sent in its span",
        ),
        (
            "[covers]\nbatches = [\"archive\"]\n[disclosed]\naccounts = [\"A-8\"]",
            "the account A-8 is not known",
        ),
    ] {
        let error = store.publish_incident(&statement("one", 1, rest), now()).await.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let early = store.publish_incident(&statement("one", 1, BATCH), at("2026-04-12T11:59:59Z")).await;
    assert!(matches!(early, Err(PublishIncidentError::Future(_))));
    load_messages(store, [archived("M-2", "A-1", "2026-04-13T10:00:00Z")]).await;
    let late = store.publish_incident(&statement("one", 1, "[covers]\nmessages = [\"M-2\"]"), now()).await;
    assert!(matches!(late, Err(PublishIncidentError::BeganLater { .. })), "{late:?}");
    for table in ["incidents", "incident_covers", "touched_messages", "disclosed_accounts", "incident_shapes"]
    {
        assert!(database.rows(table).await.is_empty(), "{table}");
    }
});

on_both_databases!(a_text_that_is_held_is_found_among_its_own_messages_alone, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2", "A-3", "A-4"]).await;
    let payments = [("M-10", "86.40"), ("M-11", "91.10"), ("M-12", "12.00")];
    let receipts = payments.map(|(id, value)| receipt(id, "A-1", "2026-04-10T10:00:00Z", id, value));
    load_messages(store, receipts).await;
    let of = |account: &str| archived(&format!("M-{account}"), account, "2026-04-10T10:00:00Z");
    load_messages(store, [of("A-1"), of("A-2"), of("A-3")]).await;
    judge(store).await;
    store.publish_incident(&statement("one", 1, BATCH), now()).await.unwrap();
    let [first, fourth] = [sign_in(store, "A-1", 1).await, sign_in(store, "A-4", 4).await];

    let held =
        HeldText::of_text("> Thank you. We received your payment of $91.10.\n> Confirmation PAY-M-11.");
    let found = store.compare_held(&held, Some(&first)).await.unwrap();
    let like = found.like.expect("its own message");
    assert_eq!((like.message.id.as_str(), like.likeness.changes.len()), ("M-11", 0));
    assert!(like.verdict.is_some() && like.message.mistake.is_none());
    assert_eq!(found.since, Some(at("2026-04-10T10:00:00Z")));
    for stranger in [Some(&fourth), None] {
        let found = store.compare_held(&held, stranger).await.unwrap();
        assert!(found.like.is_none() && found.incidents.is_empty(), "nobody else is told of it");
    }
    let changed = HeldText::of_text("Thank you. We received your payment of $911.10. Confirmation PAY-M-11.");
    let like = store.compare_held(&changed, Some(&first)).await.unwrap().like.expect("a message like it");
    assert_eq!(like.likeness.changes[0].sent.as_deref(), Some("$91.10"));

    let of_another = of("A-77")["text"].as_str().unwrap().to_owned();
    let held = HeldText::of_text(&of_another);
    for asker in [Some(&fourth), None] {
        let found = store.compare_held(&held, asker).await.unwrap();
        let slugs: Vec<&str> = found.incidents.iter().map(|note| note.slug.as_str()).collect();
        assert_eq!((found.like.is_none(), &slugs[..]), (true, &["one"][..]), "like what is published");
    }
    let own = HeldText::of_text(of("A-1")["text"].as_str().unwrap());
    let like = store.compare_held(&own, Some(&first)).await.unwrap().like.unwrap();
    assert_eq!((like.likeness.changes.len(), like.message.mistake.unwrap().slug.as_str()), (0, "one"));
});

on_both_databases!(the_public_record_is_counted_from_histories, |database| {
    let store = &database.store;
    assert_eq!(store.read_public_record().await.unwrap(), None);
    load_accounts(store, &["A-1"]).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "1.00")]).await;
    crate::customer::load_transactions(
        store,
        [crate::customer::payment("T-2", "A-1", "2026-04-15T09:00:00Z", "2.00")],
    )
    .await;
    load_messages(store, [receipt("M-2", "A-1", "2026-04-15T10:00:00Z", "T-2", "2.00")]).await;
    judge(store).await;
    store.count_public_record(engine::Span::ZERO, now()).await.unwrap();
    let record = store.read_public_record().await.unwrap().unwrap();
    assert_eq!((record.messages, record.telling, record.vouched), (2, 2, 1));
    assert_eq!((record.vouched_permille(), record.counted_at()), (Some(500), now()));
    load_messages(store, [receipt("M-3", "A-1", "2026-04-16T10:00:00Z", "T-2", "2.00")]).await;
    judge(store).await;
    let later: Instant = now().plus(engine::Span::minutes(1));
    store.count_public_record(engine::Span::minutes(30), later).await.unwrap();
    assert_eq!(store.read_public_record().await.unwrap().unwrap(), record, "it is counted now and then");
});
