//! What `counterfoil check` finds, and what it keeps to itself.

use sqlx::{Connection, SqliteConnection};

use crate::feed::AS_OF;
use crate::house::House;
use crate::place::{Place, on_both_databases, run};

/// What a check of all accounts prints, and whether all is well.
fn check(place: &Place, more: &[&str]) -> (bool, String) {
    let arguments = [&["check", "--as-of", AS_OF, "--accounts", "1000"], more].concat();
    let output = run(&mut place.counterfoil(&arguments));
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said)
}

on_both_databases!(a_sound_store_passes_and_each_defect_is_found, |place| {
    let house = House::open(place).await;
    let account = house.touched.customer.account.as_str();
    let message = house.messages_of(&house.touched.customer.account)[0].clone();
    let (is_well, said) = check(place, &[]);
    assert!(is_well, "{said}");
    for part in ["integrity  ok", "schema     ok", "records    ok", "verdicts   ok"] {
        assert!(said.contains(part), "{said}");
    }
    let row = format!("account_id = '{account}' and message_id = '{message}'");
    for (spoil, restore, words) in [
        (
            format!("update history set verdict = 'ambiguous' where {row}"),
            "judge",
            "1 × a message whose verdict comes out otherwise",
        ),
        (format!("delete from history where {row}"), "judge", "1 × an entry that is missing from a history"),
        (
            format!("update history set at = at + 1 where {row}"),
            "judge",
            "1 × an entry of a history that nothing stands behind",
        ),
        (
            format!("update message_ids set sent_at = sent_at + 1 where message_id = '{message}'"),
            "update message_ids set sent_at = sent_at - 1",
            "1 × a message to which its id does not lead",
        ),
    ] {
        place.run_sql(&spoil).await;
        let (is_well, said) = check(place, &[]);
        assert!(!is_well && said.contains(words), "{words}: {said}");
        assert!(!said.contains(account) && !said.contains(&message), "nobody is named: {said}");
        let (_, named) = check(place, &["--show-ids"]);
        assert!(named.contains(account) && named.contains(&message), "{named}");
        if restore == "judge" {
            place.run_sql(&format!("insert into judge_queue (account_id) values ('{account}')")).await;
            let (is_well, said) = check(place, &[]);
            assert!(is_well && said.contains("; 1 left out, about to be judged"), "{said}");
            let judged = place.succeed(&["judge", "--as-of", AS_OF]);
            assert!(judged.contains("on 6 accounts judged"), "{judged}");
        } else {
            place.run_sql(&format!("{restore} where message_id = '{message}'")).await;
        }
        let (is_well, said) = check(place, &[]);
        assert!(is_well, "{said}");
    }
});

on_both_databases!(what_finds_an_account_again_is_looked_at_too, |place| {
    let house = House::open(place).await;
    let account = house.untouched.customer.account.as_str();
    for (spoil, words) in [
        (
            format!("delete from known_tokens where account_id = '{account}'"),
            "account's books would not be found",
        ),
        (format!("delete from addresses where account_id = '{account}'"), "an account would not be found"),
        (
            format!("delete from messages where account_id = '{account}'"),
            "the id of a message that is not there",
        ),
        (
            format!("delete from transactions where account_id = '{account}'"),
            "the id of a transaction that is not there",
        ),
    ] {
        place.run_sql(&spoil).await;
        let (is_well, said) = check(place, &[]);
        assert!(!is_well && said.contains(words), "{words}: {said}");
    }
});

on_both_databases!(a_sample_is_the_same_for_its_seed, |place| {
    House::open(place).await;
    let (is_well, said) = check(place, &["--seed", "7"]);
    assert!(is_well && said.contains("6 of 6 accounts judged anew (--seed 7)"), "{said}");
    let of_two = |seed: &str| {
        let output =
            run(&mut place.counterfoil(&["check", "--as-of", AS_OF, "--accounts", "2", "--seed", seed]));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(of_two("7").contains("of 2 of 6 accounts"));
    assert_eq!(of_two("7"), of_two("7"));
    assert!((8..20).any(|seed| of_two(&seed.to_string()).lines().last() != of_two("7").lines().last()));
});

on_both_databases!(a_schema_that_is_another_is_told_and_nothing_is_changed, |place| {
    place.succeed(&["migrate"]);
    place.run_sql("delete from _sqlx_migrations").await;
    let (is_well, said) = check(place, &[]);
    assert!(!is_well && said.contains("schema     WRONG") && said.contains("counterfoil migrate"), "{said}");
    let (still, said_again) = check(place, &[]);
    assert_eq!((still, said_again), (false, said));
});

#[tokio::test]
async fn a_table_open_to_everybody_is_found() {
    let Some(place) = Place::postgres().await else { return };
    place.succeed(&["migrate"]);
    assert!(check(&place, &[]).0);
    place.run_sql("alter table history no force row level security").await;
    let (is_well, said) = check(&place, &[]);
    assert!(!is_well && said.contains("the table history is not under forced row-level security"), "{said}");
    place.leave().await;
}

#[tokio::test]
async fn a_file_that_is_not_sound_is_found() {
    let place = Place::sqlite();
    let nothing = run(&mut place.counterfoil(&["check"]));
    assert!(!nothing.status.success() && !place.path("counterfoil.sqlite").exists());
    place.succeed(&["migrate"]);
    assert!(check(&place, &[]).0);
    let path = place.path("counterfoil.sqlite");
    // The page where an index begins that has no row: its kind becomes none that there is.
    let mut connection = SqliteConnection::connect(&place.url).await.unwrap();
    let begins = "select rootpage from sqlite_master where name = 'known_devices_by_sight'";
    let page: i64 = sqlx::query_scalar(begins).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[usize::try_from(page - 1).unwrap() * PAGE_BYTES] = 0xff;
    std::fs::write(&path, bytes).unwrap();
    let (is_well, said) = check(&place, &[]);
    assert!(!is_well && said.contains("integrity  WRONG"), "{said}");
}

const PAGE_BYTES: usize = 8192;
