//! The way in, and the way out.

use reqwest::StatusCode;

use crate::house::House;
use crate::place::on_both_databases;

const WRONG: &str = "mallow in the hedgerow";

on_both_databases!(a_customer_signs_in, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for path in ["/history", "/messages/M-1"] {
        let sent = visitor.get(path).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    let in_capitals = format!(" {} ", house.touched.customer.sign_in.to_uppercase());
    let answer = visitor.try_sign_in(&in_capitals, house.touched.password).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/messages/M-1"), "on their way");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let history = visitor.get("/history").await;
    assert_eq!(history.status, StatusCode::OK);
    assert!(history.seen().contains(&house.touched.customer.name));
    assert_eq!(visitor.get("/sign-in").await.location(), "/history");
    let again = visitor.try_sign_in(&in_capitals, house.touched.password).await;
    assert_eq!(again.location(), "/history", "it is kept once");
});

on_both_databases!(a_refusal_says_nothing, |place| {
    let house = House::open(place).await;
    let known = &house.touched.customer.sign_in;
    let visitor = house.visitor();
    let mut answers = Vec::new();
    for (sign_in, password) in [(known.as_str(), WRONG), ("nobody@example.org", WRONG), (known, ""), ("", "")]
    {
        let answer = visitor.try_sign_in(sign_in, password).await;
        for said in [answer.body.as_str(), answer.location()] {
            assert!(!said.contains("nobody") && !said.contains("mallow") && !said.contains("maya"), "{said}");
        }
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?__err=refused"));
        assert!(!visitor.is_signed_in().await);
        answers.push(answer.body);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    let page = visitor.get("/sign-in?__err=refused").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.seen().contains("The sign-in name and the password don’t belong together."));
    visitor.sign_in(known, house.touched.password).await;
});

on_both_databases!(what_is_no_sign_in_is_refused_too, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for form in [
        &[][..],
        &[("password", WRONG)],
        &[("sign_in_name", "maya@example.com")],
        &[("a", WRONG), ("b", "c")],
    ] {
        let answer = visitor.post("/sign-in", form).await;
        assert!(
            answer.status.is_redirection() || answer.status.is_client_error(),
            "{form:?}: {}",
            answer.status
        );
        for said in [answer.body.as_str(), answer.location()] {
            assert!(!said.contains("mallow") && !said.contains("maya"), "{form:?}: {said}");
        }
        assert!(!visitor.is_signed_in().await);
    }
});

on_both_databases!(signing_out_ends_the_session, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let cookie = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    assert_eq!(visitor.get_with_cookie("/history", &cookie).await.status, StatusCode::OK);

    let answer = visitor.post("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/signed-out"));
    assert_eq!(visitor.get("/signed-out").await.status, StatusCode::OK);
    assert!(!visitor.is_signed_in().await);
    let with_old = visitor.get_with_cookie("/history", &cookie).await;
    assert_eq!(with_old.status, StatusCode::SEE_OTHER);
    assert!(with_old.location().starts_with("/sign-in"));
});

on_both_databases!(a_session_from_before_the_sign_in_is_not_signed_in, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let other = house.signed_in(&house.untouched).await;
    let first = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let second = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    assert_ne!(first, second);
    assert_eq!(visitor.get_with_cookie("/history", &first).await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get_with_cookie("/history", &second).await.status, StatusCode::OK);
    let made_up = format!("counterfoil={}", "A".repeat(22));
    assert_eq!(visitor.get_with_cookie("/history", &made_up).await.status, StatusCode::SEE_OTHER);
    assert!(other.is_signed_in().await, "somebody else's session is their own");
});
