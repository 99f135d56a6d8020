//! What is longer or comes more often than anybody asks is refused, with nothing personal in the answer.

use reqwest::StatusCode;
use reqwest::header::HeaderName;

use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor, send};

fn in_both_languages(answer: &Answer, english: &str, spanish: &str) {
    assert!(answer.body.contains(english) && answer.body.contains(spanish), "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

on_both_databases!(an_address_or_headers_that_are_too_long_are_refused, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for (length, status) in [(1_900, StatusCode::OK), (2_100, StatusCode::URI_TOO_LONG)] {
        let answer = visitor.get(&format!("/check?n={}", "7".repeat(length))).await;
        assert_eq!(answer.status, status, "{length}");
    }
    let long = visitor.get(&format!("/check?n={}", "7".repeat(2_100))).await;
    in_both_languages(&long, "This request is too long", "Esta solicitud es demasiado larga");
    for (length, status) in
        [(10 << 10, StatusCode::OK), (17 << 10, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)]
    {
        let answer = send(visitor.asking("/check").header("x-long", "y".repeat(length))).await;
        assert_eq!(answer.status, status, "{length}");
    }
    for (count, status) in [(30, StatusCode::OK), (100, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)] {
        let mut request = visitor.asking("/check");
        for number in 0..count {
            request = request.header(HeaderName::try_from(format!("x-{number}")).unwrap(), "y");
        }
        assert_eq!(send(request).await.status, status, "{count}");
    }
});

/// What one may change at once, as the server has it.
const CHANGES_BURST: usize = 400;

/// Changes the language, for somebody behind a proxy, until that is too often; how often it was done.
async fn change_until_refused(
    visitor: &Visitor,
    client: &'static str,
    cookie: &'static str,
) -> (usize, Answer) {
    for done in 0..CHANGES_BURST * 3 {
        let request = visitor.form("/language", &[("language", "en")]).header("cookie", cookie);
        let request = request.header("sec-fetch-site", "same-origin").header("x-forwarded-for", client);
        let answer = send(request).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return (done, answer);
        }
    }
    panic!("never refused");
}

on_both_databases!(whoever_changes_too_much_at_once_waits_and_others_do_not, |place| {
    let house = House::open(place).await;
    let (visitor, customer) = (house.visitor(), house.signed_in(&house.touched).await);
    let (done, refused) = change_until_refused(&visitor, "192.0.2.1", "x=y").await;
    assert!(done >= CHANGES_BURST, "{done}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    in_both_languages(&refused, "Too many requests at once", "Demasiadas solicitudes a la vez");
    assert!(!refused.body.contains("192.0.2.1"));
    let asks = async |visitor: &Visitor, client: &'static str| {
        let form = visitor.form("/language", &[("language", "en")]);
        send(form.header("sec-fetch-site", "same-origin").header("x-forwarded-for", client)).await.status
    };
    assert!(asks(&visitor, "192.0.2.2").await.is_redirection(), "another address may");
    assert!(
        asks(&customer, "192.0.2.1").await.is_redirection(),
        "and so may who is signed in behind that one"
    );
    let made_up = "counterfoil=AAAAAAAAAAAAAAAAAAAAAA";
    let (done, _) = change_until_refused(&visitor, "192.0.2.1", made_up).await;
    assert!(done < CHANGES_BURST / 2, "a cookie that was made up makes nobody another: {done}");
    let page = send(visitor.asking("/check").header("x-forwarded-for", "192.0.2.1")).await;
    assert_eq!(page.status, StatusCode::OK, "reading is held to a rate of its own");
});
