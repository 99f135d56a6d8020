//! A backup is taken while the database is served, and what is restored of it is the same.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::feed::{AS_OF, Feed};
use crate::house::House;
use crate::place::{Place, refusal, run, text};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_database_that_is_served_is_backed_up_and_restored() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    let (backup, key) = (place.path("day.sqlite"), place.path("day.sqlite.key"));
    let said = place.succeed(&["backup", text(&backup), "--with-key"]);
    assert!(said.contains("day.sqlite") && said.contains("key"), "{said}");
    assert_eq!((mode(&backup), mode(&key)), (0o600, 0o600));
    assert!(!place.path("day.sqlite.partial").exists());
    // Later than the backup: the house goes on, and its backup does not.
    let customer = house.signed_in(&house.touched).await;
    assert!(customer.is_signed_in().await);

    let restored = Place::sqlite();
    std::fs::copy(&backup, restored.path("counterfoil.sqlite")).unwrap();
    std::fs::copy(&key, restored.path("counterfoil.key")).unwrap();
    restored.succeed(&["check", "--as-of", AS_OF, "--accounts", "1000"]);
    assert_eq!(verdicts(&restored), verdicts(&place));

    let said = refusal(&run(&mut place.counterfoil(&["backup", text(&backup)])));
    assert!(said.contains("is there already"), "{said}");
}

fn verdicts(place: &Place) -> String {
    let out = place.path("verdicts.ndjson");
    place.succeed(&["verdicts", "--out", text(&out)]);
    let verdicts = std::fs::read_to_string(out).unwrap();
    assert!(verdicts.lines().count() > 100);
    verdicts
}

#[test]
fn what_would_be_overwritten_or_is_not_there_is_left_alone() {
    let place = Place::sqlite();
    let backup = place.path("day.sqlite");
    let backup_text = text(&backup);
    let refused = |arguments: &[&str]| refusal(&run(&mut place.counterfoil(arguments)));
    let said = refused(&["backup", backup_text]);
    assert!(said.contains("no database"), "{said}");
    assert!(!place.path("counterfoil.sqlite").exists() && !backup.exists());

    place.succeed(&["migrate"]);
    let partial = place.path("day.sqlite.partial");
    std::fs::write(&partial, "another's").unwrap();
    let said = refused(&["backup", backup_text]);
    assert!(said.contains("day.sqlite.partial"), "{said}");
    assert_eq!(std::fs::read(&partial).unwrap(), b"another's");
    std::fs::remove_file(&partial).unwrap();

    std::fs::write(place.path("day.sqlite.key"), "another's").unwrap();
    let said = refused(&["backup", backup_text, "--with-key"]);
    assert!(said.contains("day.sqlite.key") && !backup.exists(), "{said}");
    let nowhere = place.path("no-folder/day.sqlite");
    let said = refused(&["backup", text(&nowhere)]);
    assert!(said.contains("can't be written"), "{said}");
    let said = place.succeed(&["backup", backup_text]);
    assert!(said.contains("counterfoil.key"), "what else is needed is named: {said}");
    assert!(backup.exists());
}

#[test]
fn a_backup_is_whole_while_an_import_writes() {
    let place = Place::sqlite();
    let feed = place.path("feed");
    Feed::small().write(&feed);
    let mut import = place.counterfoil(&["import", text(&feed), "--as-of", AS_OF]).spawn().unwrap();
    let database = place.path("counterfoil.sqlite");
    while !database.exists() {
        assert!(import.try_wait().unwrap().is_none(), "it ended before it began");
        std::thread::yield_now();
    }
    let mut backups = 0;
    while import.try_wait().unwrap().is_none() || backups == 0 {
        let backup = place.path(&format!("{backups}.sqlite"));
        place.succeed(&["backup", text(&backup)]);
        backups += 1;
    }
    assert!(import.wait().unwrap().success());
    for backup in 0..backups {
        let url = format!("sqlite://{}", place.path(&format!("{backup}.sqlite")).display());
        place.succeed(&["migrate", "--database", &url]);
        place.succeed(&["check", "--database", &url, "--as-of", AS_OF]);
    }
}

#[tokio::test]
async fn postgresql_has_a_tool_of_its_own_and_it_is_named() {
    let Some(place) = Place::postgres().await else { return };
    place.succeed(&["migrate"]);
    let backup = place.path("day.dump");
    let said = refusal(&run(&mut place.counterfoil(&["backup", text(&backup)])));
    let (_, address) = place.url.rsplit_once('@').expect("its URL names a role");
    assert!(
        said.contains("pg_dump --username=ROLE") && said.contains(&format!("'postgres://{address}'")),
        "{said}"
    );
    assert!(!backup.exists());
    place.leave().await;
}
