//! Only our own pages change something, and only by what a form holds.

use reqwest::StatusCode;
use reqwest::header::ORIGIN;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::send;

on_both_databases!(a_foreign_page_changes_nothing, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        (ORIGIN.as_str(), "https://larkspur.example"),
        (ORIGIN.as_str(), "null"),
    ] {
        for (path, form) in
            [("/sign-out", &[][..]), ("/language", &[("language", "es")]), ("/api/anything", &[])]
        {
            let answer = send(visitor.form(path, form).header(name, value)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} from {name}: {value}");
        }
    }
    let page = visitor.get("/history").await;
    assert!(page.status == StatusCode::OK && page.body.contains("lang=\"en\""), "nothing changed");

    assert!(visitor.post("/language", &[("language", "es")]).await.status.is_redirection());
    assert!(visitor.get("/history").await.body.contains("lang=\"es\""));
    assert_eq!(visitor.post("/sign-out", &[]).await.location(), "/signed-out");
    assert!(!visitor.is_signed_in().await);
});

on_both_databases!(a_foreign_page_signs_nobody_in, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let form =
        [("sign_in_name", house.touched.customer.sign_in.as_str()), ("password", house.touched.password)];
    let answer = send(visitor.form("/sign-in", &form).header("sec-fetch-site", "cross-site")).await;
    assert_eq!((answer.status, answer.session_cookie()), (StatusCode::FORBIDDEN, None));
    assert!(!visitor.is_signed_in().await);
    assert_eq!(visitor.post("/sign-in", &form).await.location(), "/history");
    assert!(visitor.is_signed_in().await);
});

on_both_databases!(asking_for_an_address_changes_nothing, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let query =
        format!("sign_in_name={}&password={}", house.touched.customer.sign_in, "larkspur%20in%20the%20rain");
    let answer = visitor.get(&format!("/sign-in?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        !answer.body.contains("maya.okonkwo") && !answer.body.contains("larkspur in"),
        "an address is not shown back"
    );
    assert!(!visitor.is_signed_in().await);

    visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    for path in ["/sign-out", "/language?language=es", "/api/sign_out", "/api/sign-out"] {
        let answer = visitor.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
    let page = visitor.get("/history").await;
    assert!(page.status == StatusCode::OK && page.body.contains("lang=\"en\""), "nothing changed");
});

on_both_databases!(a_form_that_is_too_long_is_refused, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let long = "x".repeat(20 << 10);
    for path in ["/sign-in", "/sign-out", "/language", "/history", "/api/nothing"] {
        let answer = visitor.post(path, &[("password", &long)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let shorter = "x".repeat(10 << 10);
    let answer = visitor.try_sign_in("maya.okonkwo@example.com", &shorter).await;
    assert_eq!(answer.location(), "/sign-in?__err=refused");
});
