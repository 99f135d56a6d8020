//! What the binary refuses to work with, each in one clear line.

use std::net::TcpListener;

use crate::house::site_directory;
use crate::place::{Place, counterfoil, on_both_databases, refusal, run, text};

const SECRET: &str = "s3cret";

on_both_databases!(a_migration_from_the_future, |place| {
    place.succeed(&["migrate"]);
    place
        .run_sql(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (9999, 'later', true, '', 0)",
        )
        .await;
    for arguments in [&["serve"][..], &["migrate"], &["verdicts", "--out", "/dev/null"]] {
        let said = refusal(&run(&mut place.counterfoil(arguments)));
        assert!(said.contains("from the future") && said.contains("9999"), "{said}");
    }
    place.run_sql("delete from _sqlx_migrations where version = 9999").await;
    place.succeed(&["migrate"]);
});

on_both_databases!(another_key_than_the_databases, |place| {
    place.succeed(&["migrate"]);
    let key_file = place.path("other.key");
    for (key, words) in [
        ("08".repeat(16), "key"),
        ("09".repeat(15), "32 hexadecimal digits"),
        ("z".repeat(32), "32 hexadecimal digits"),
    ] {
        std::fs::write(&key_file, &key).unwrap();
        let said = refusal(&run(&mut place.counterfoil(&["serve", "--key-file", text(&key_file)])));
        assert!(said.contains(words) && !said.contains(&key), "{said}");
    }
    place.succeed(&["migrate"]);
});

#[test]
fn a_data_directory_that_cant_be_written() {
    let place = Place::sqlite();
    let file = place.path("a-file");
    std::fs::write(&file, "").unwrap();
    let directory = file.join("data");
    let said = refusal(&run(&mut counterfoil(&["serve", "--data-dir", text(&directory)])));
    assert!(said.contains("a-file/data") && said.contains("can't be written"), "{said}");

    let key_file = place.path("counterfoil.key");
    let arguments = ["serve", "--data-dir", text(&directory), "--key-file", text(&key_file)];
    let said = refusal(&run(&mut counterfoil(&arguments)));
    assert!(said.contains("data directory") && said.contains("a-file/data"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), b"");
}

#[test]
fn a_port_that_is_taken() {
    let place = Place::sqlite();
    let site = site_directory();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for command in ["serve", "demo"] {
        let arguments = [command, "--address", &address, "--site-dir", text(site.path())];
        let said = refusal(&run(&mut place.counterfoil(&arguments)));
        assert!(said.contains(&address) && said.contains("--address"), "{said}");
    }
}

#[test]
fn a_site_that_is_not_built() {
    let place = Place::sqlite();
    let site = place.path("no-site");
    let arguments = ["serve", "--address", "127.0.0.1:0", "--site-dir", text(&site)];
    let said = refusal(&run(&mut place.counterfoil(&arguments)));
    assert!(said.contains("no-site") && said.contains("make site"), "{said}");
}

#[test]
fn a_configuration_that_cant_be_read_and_no_secret_in_why() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("counterfoil.toml");
    let data_dir = directory.path().join("data");
    let database = format!("database = \"postgres://me:{SECRET}@127.0.0.1:1/x\"\n");
    for (text_of_file, words) in [
        (format!("{database}pasword = \"{SECRET}\"\n"), "line 2"),
        (format!("{database}{SECRET} {SECRET}\n"), "line 2"),
        (format!("database = [\"{SECRET}\"]\n"), "line 1"),
        (format!("\n\naddress = \"{SECRET}\"\n"), "line 3"),
        (format!("database = \"mysql://me:{SECRET}@db/x\"\n"), "mysql://me:***@db/x"),
        (database.clone(), "database"),
    ] {
        std::fs::write(&file, &text_of_file).unwrap();
        let arguments = ["migrate", "--config", text(&file), "--data-dir", text(&data_dir)];
        let said = refusal(&run(&mut counterfoil(&arguments)));
        assert!(said.contains(words), "{words}: {said}");
        assert!(!said.contains(SECRET), "{said}");
    }
    std::fs::write(&file, "brand = \"Larkspur\"\n").unwrap();
    let arguments = ["migrate", "--config", text(&file), "--data-dir", text(&data_dir)];
    assert!(run(&mut counterfoil(&arguments)).status.success());

    let missing = directory.path().join("missing.toml");
    let said = refusal(&run(&mut counterfoil(&["migrate", "--config", text(&missing)])));
    assert!(said.contains("missing.toml can't be read"), "{said}");
}
