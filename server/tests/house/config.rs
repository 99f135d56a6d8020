//! What the binary says of its own settings.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::place::{counterfoil, refusal, run, text};

const SECRET: &str = "s3cret";

/// The settings by name: each one's value, and where it came from.
fn config(arguments: &[&str], environment: &[(&str, &str)]) -> BTreeMap<String, (String, String)> {
    let mut command = counterfoil(&[&["config", "--json"], arguments].concat());
    let output = run(command.env_remove("COUNTERFOIL_LOG").envs(environment.iter().copied()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed.iter().map(|one| (text(&one["name"]), (text(&one["value"]), text(&one["from"])))).collect()
}

#[test]
fn each_setting_with_where_it_came_from() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("counterfoil.toml");
    let database = format!("postgres://me:{SECRET}@db.example/counterfoil?password={SECRET}");
    std::fs::write(
        &file,
        format!("database = \"{database}\"\nbrand = \"Larkspur\"\naddress = \"[::1]:8000\"\n"),
    )
    .unwrap();
    let environment = [
        ("COUNTERFOIL_CONFIG", text(&file)),
        ("COUNTERFOIL_BRAND", "Lark"),
        ("COUNTERFOIL_CONTACT", "c"),
        ("COUNTERFOIL_LOOKUPS_PER_DAY", "7"),
        ("COUNTERFOIL_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.7"),
        ("COUNTERFOIL_SMTP_URL", &format!("smtps://me:{SECRET}@mail.example")),
    ];
    let config = config(&["--contact", "1-800-555-0142", "--data-dir", "d"], &environment);
    let from_file = format!("file {}", file.display());
    for (name, value, from) in [
        ("config", text(&file), "environment COUNTERFOIL_CONFIG"),
        ("data_dir", "d", "flag --data-dir"),
        ("database", "postgres://me:***@db.example/counterfoil", &from_file),
        ("database_file", "none", "default"),
        ("key_file", "d/counterfoil.key", "default"),
        ("audit_checkpoint", "d/audit.checkpoint", "default"),
        ("lookups_per_hour", "30", "default"),
        ("lookups_per_day", "7", "environment COUNTERFOIL_LOOKUPS_PER_DAY"),
        ("address", "[::1]:8000", &from_file),
        ("public_url", "http://localhost:8000", "default"),
        ("brand", "Lark", "environment COUNTERFOIL_BRAND"),
        ("contact", "1-800-555-0142", "flag --contact"),
        ("metrics_address", "none", "default"),
        ("trusted_proxies", "10.0.0.0/8,192.0.2.7/32", "environment COUNTERFOIL_TRUSTED_PROXIES"),
        ("canary_seconds", "30", "default"),
        ("dkim_dir", "none", "default"),
        ("smtp_url", "smtps://me:***@mail.example", "environment COUNTERFOIL_SMTP_URL"),
        ("mail_from", "no-reply@localhost", "default"),
        ("mail_dir", "d/mail", "default"),
        ("log", "info,sqlx=warn", "default"),
    ] {
        assert_eq!(config[name], (value.to_owned(), from.to_owned()), "{name}");
    }
}

#[test]
fn a_database_named_in_a_file_and_no_secret_anywhere() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("database");
    std::fs::write(&file, format!("postgres://me:{SECRET}@db.example/counterfoil\n")).unwrap();
    let environment = [("COUNTERFOIL_DATABASE_FILE", text(&file))];
    let shown = config(&[], &environment);
    let from = format!("file {}", file.display());
    assert_eq!(shown["database"], ("postgres://me:***@db.example/counterfoil".to_owned(), from));

    let mut for_people = counterfoil(&["config"]);
    let output = run(for_people.envs(environment));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.lines().any(|line| line.starts_with("data_dir ") && line.ends_with(" default")), "{said}");
    assert!(!said.contains(SECRET), "{said}");

    let both = ["config", "--database", "sqlite://x", "--database-file", text(&file)];
    let said = refusal(&run(&mut counterfoil(&both)));
    assert!(said.contains("both set") && !said.contains(SECRET), "{said}");
}
