//! People who sign in are added on the command line.

use reqwest::StatusCode;

use crate::feed::{AS_OF, Feed};
use crate::place::{on_both_databases, refusal, run_with_line, text};
use crate::serve_and_stop::Serving;

const PASSWORD: &str = "foxglove by the gate";

on_both_databases!(a_customer_is_added_and_signs_in, |place| {
    let feed = Feed::small();
    let folder = place.path("feed");
    feed.write(&folder);
    place.succeed(&["import", text(&folder), "--as-of", AS_OF]);
    let account: serde_json::Value = serde_json::from_str(&feed.accounts[2]).unwrap();
    let (account, name) = (account["id"].as_str().unwrap(), account["name"].as_str().unwrap());
    let add = |account: &str, password: &str| {
        let arguments = ["user", "add", "dee@example.net", "--name", name, "--account", account];
        run_with_line(&mut place.counterfoil(&arguments), password)
    };

    for (account, password, words) in [
        (account, "short", "at least 15 characters"),
        (account, "", "at least 15 characters"),
        ("A-unknown", PASSWORD, "A-unknown is not known"),
    ] {
        let said = refusal(&add(account, password));
        assert!(said.contains(words), "{said}");
        assert!(password.is_empty() || !said.contains(password), "{said}");
    }
    let added = add(account, PASSWORD);
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    assert!(!String::from_utf8_lossy(&[added.stdout, added.stderr].concat()).contains(PASSWORD));
    assert!(refusal(&add(account, PASSWORD)).contains("already"));

    let serving = Serving::begin(place);
    let visitor = serving.visitor();
    assert_eq!(visitor.try_sign_in("dee@example.net", "short").await.location(), "/sign-in?__err=refused");
    visitor.sign_in("dee@example.net", PASSWORD).await;
    let history = visitor.get("/history").await;
    assert!(history.status == StatusCode::OK && history.seen().contains(name));
    serving.stop();
});

on_both_databases!(one_of_the_staff_has_no_account, |place| {
    let arguments = ["user", "add", "ada@desk.example", "--name", "Ada", "--role", "agent"];
    for role in ["agent", "supervisor", "auditor"] {
        let address = format!("{role}@desk.example");
        let arguments = ["user", "add", &address, "--name", "Ada", "--role", role];
        let added = run_with_line(&mut place.counterfoil(&arguments), PASSWORD);
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }
    let said = refusal(&run_with_line(&mut place.counterfoil(&arguments[..5]), PASSWORD));
    assert!(said.contains("a customer signs in for an account"), "{said}");

    let serving = Serving::begin(place);
    for role in ["agent", "supervisor"] {
        let visitor = serving.visitor();
        visitor.sign_in_to(&format!("{role}@desk.example"), PASSWORD, "/desk").await;
        assert_eq!(visitor.get("/desk").await.status, StatusCode::OK, "{role}");
    }
    let visitor = serving.visitor();
    visitor.sign_in_to("auditor@desk.example", PASSWORD, "/desk/audit").await;
    for path in ["/history", "/messages/M-1", "/settings/lookups", "/desk"] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/desk/audit"), "{path}");
        assert!(answer.messages().is_empty());
    }
    assert_eq!(visitor.get("/desk/audit").await.status, StatusCode::OK);
    serving.stop();
});
