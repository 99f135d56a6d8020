//! What a device may keep of the pages: nothing of anybody.

use reqwest::StatusCode;

use crate::house::House;
use crate::place::Place;
use crate::visitor::send;

#[tokio::test]
async fn what_a_device_keeps_is_the_same_for_everybody() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    let (stranger, customer) = (house.visitor(), house.signed_in(&house.touched).await);
    for path in ["/offline", "/service-worker.js", "/manifest.webmanifest"] {
        let (one, other) = (stranger.get(path).await, customer.get(path).await);
        assert_eq!((one.status, &one.body), (StatusCode::OK, &other.body), "{path}");
        assert_eq!((one.header("set-cookie"), one.header("x-content-type-options")), ("", "nosniff"));
        assert!(one.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
    let offline = stranger.get("/offline").await;
    assert!(offline.body.contains("lang=\"en\"") && offline.body.contains("lang=\"es\""));
    assert!(offline.seen().contains("You are offline") && offline.seen().contains("Está sin conexión"));

    let worker = stranger.get("/service-worker.js").await;
    assert_eq!(worker.header("cache-control"), "no-cache");
    let (_, list) = worker.body.split_once("const FILES = ").unwrap();
    let files: Vec<String> = serde_json::from_str(list.split_once(';').unwrap().0).unwrap();
    assert!(files.iter().any(|file| file.contains(".css")) && files.len() >= 4, "{files:?}");
    for file in files {
        let kept = stranger.get(&file).await;
        assert_eq!(kept.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
    }
}

#[tokio::test]
async fn an_app_is_called_as_its_operator_in_the_browser_s_language() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    for (asked, name) in
        [("en", "Larkspur Mobile messages"), ("es-MX,en;q=0.5", "Mensajes de Larkspur Mobile")]
    {
        let request = house.visitor().asking("/manifest.webmanifest").header("accept-language", asked);
        let answer = send(request).await;
        let manifest: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(answer.header("content-type"), "application/manifest+json");
        assert_eq!(
            (manifest["name"].as_str(), manifest["short_name"].as_str()),
            (Some(name), Some("Larkspur"))
        );
        assert_eq!(manifest["start_url"], "/history");
    }
}
