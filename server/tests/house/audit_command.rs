//! The audit log on the command line: whether it stands, and whose data was seen.

use crate::feed::as_of;
use crate::house::House;
use crate::place::{Place, on_both_databases, refusal, run, run_with_line};
use crate::serve_and_stop::Serving;

fn said(place: &Place, arguments: &[&str]) -> String {
    let output = run(&mut place.counterfoil(arguments));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "counterfoil {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn add_agent(place: &Place, name: &str) {
    let sign_in = format!("{name}@desk.example");
    let arguments = ["user", "add", &sign_in, "--name", name, "--role", "agent"];
    let added = run_with_line(&mut place.counterfoil(&arguments), "foxglove by the gate");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

/// Takes away what keeps the log from being cut, as who has the database can.
async fn cut(place: &Place, statement: &str) {
    let unlock = if place.url.starts_with("sqlite") { "drop trigger audit_log_is_not_cut;" } else { "" };
    place.run_sql(&format!("{unlock} {statement}")).await;
}

on_both_databases!(a_log_that_was_cut_is_found_by_its_checkpoint, |place| {
    for name in ["ada", "bea", "cay"] {
        add_agent(place, name);
    }
    let stands = said(place, &["audit", "verify"]);
    assert!(stands.contains("3 entries") && stands.contains("there is no checkpoint"), "{stands}");
    let serving = Serving::begin(place);
    serving.stop();
    let stands = said(place, &["audit", "verify"]);
    assert!(stands.contains("knows entry 3"), "the server leaves a checkpoint: {stands}");
    add_agent(place, "dee");
    assert!(said(place, &["audit", "checkpoint"]).contains("knows entry 4"));

    let file = place.path("audit.checkpoint");
    let line = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, line.replace(" 4 ", " 3 ")).unwrap();
    assert!(
        refusal(&run(&mut place.counterfoil(&["audit", "verify"]))).contains("not written with this key")
    );
    std::fs::write(&file, &line).unwrap();

    cut(place, "delete from audit_log where sequence > 2").await;
    for command in [&["audit", "verify"][..], &["audit", "checkpoint"]] {
        let refused = refusal(&run(&mut place.counterfoil(command)));
        assert!(refused.contains("it ends with entry 2, and the checkpoint knows entry 4"), "{refused}");
        assert!(refused.contains("docs/OPERATIONS.md"), "{refused}");
    }
    // Nor does a server that starts on it make the cut its own.
    let serving = Serving::begin(place);
    let log = serving.stop();
    assert!(log.contains("\"alarm\":\"audit_broken\""), "{log}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), line);
    assert!(said(place, &["audit", "checkpoint", "--replace"]).contains("knows entry 3"));
    assert!(said(place, &["audit", "verify"]).contains("3 entries"));
    let kept = std::fs::read_dir(place.directory.path()).unwrap().flatten();
    assert!(kept.into_iter().any(|file| file.file_name().to_string_lossy().contains("replaced-")));
});

on_both_databases!(whose_data_was_seen_is_told_on_the_command_line, |place| {
    let house = House::open(place).await;
    let agent = house.at_desk(&house.agent).await;
    let account = house.touched.customer.account.as_str();
    crate::desk::look_up(&agent, account).await;
    let seen = said(place, &["seen", "--by", house.agent.sign_in]);
    assert!(seen.starts_with(account) && seen.contains(crate::desk::REASON), "{seen}");
    assert_eq!(seen.lines().count(), 1);
    let later = server::clock::now().plus(engine::Span::days(1)).to_string();
    assert_eq!(said(place, &["seen", "--by", house.agent.sign_in, "--since", &later]), "");
    let json = said(place, &["seen", "--by", house.agent.sign_in, "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["account"], account);
    let nobody = refusal(&run(&mut place.counterfoil(&["seen", "--by", "nobody@example.org"])));
    assert!(nobody.contains("nobody signs in so"), "{nobody}");

    let unknown = refusal(&run(&mut place.counterfoil(&["honeypot", "add", "LK-not-there"])));
    assert!(unknown.contains("LK-not-there is not known"), "{unknown}");
    place.succeed(&["honeypot", "add", account]);
    assert!(said(place, &["honeypot", "list"]).starts_with(account));
    place.succeed(&["honeypot", "remove", account]);
    assert_eq!(said(place, &["honeypot", "list"]), "");
    place.succeed(&["user", "suspend", house.agent.sign_in]);
    assert!(agent.get("/desk").await.location().starts_with("/sign-in"));
    let twice = refusal(&run(&mut place.counterfoil(&["user", "suspend", house.agent.sign_in])));
    assert!(twice.contains("suspended already"), "{twice}");
    assert!(place.store().await.verify_audit(None, as_of()).await.is_ok());
});
