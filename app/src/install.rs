//! What a device keeps of us, which is nothing of anybody: what we are called, and a page for when there is no connection.

use axum::http::HeaderMap;
use engine::Language;
use leptos::prelude::*;
use leptos::serde_json::json;

use crate::frame::{Sprite, picture};
use crate::visit::language_of_request;
use crate::words::offline as words;

/// The same as the head of a page on a light screen, in style/00-tokens.css.
const THEME: &str = "#ffffff";
const PAPER: &str = "#f7f4ee";
/// What stands below an icon before it is cut off.
const SHORT_CHARS_MAX: usize = 12;

/// What a page is as an app on a device, in the visitor's language.
pub fn manifest(brand: &str, headers: &HeaderMap) -> String {
    let language = language_of_request(headers);
    let short: String = match brand.split_whitespace().next() {
        Some(first) if brand.chars().count() > SHORT_CHARS_MAX => {
            first.chars().take(SHORT_CHARS_MAX).collect()
        }
        _ => brand.to_owned(),
    };
    let picture = |file: &str, sizes: &str, purpose: &str| json!({ "src": format!("/icons/{file}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose });
    json!({
        "id": "/",
        "name": words::app_name(brand, language),
        "short_name": short,
        "description": words::APP_WHAT.in_language(language),
        "lang": language.tag(),
        "dir": "ltr",
        "start_url": "/history",
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": [
            picture("icon-192", "192x192", "any"),
            picture("icon-512", "512x512", "any"),
            picture("maskable-512", "512x512", "maskable"),
        ],
    })
    .to_string()
}

/// The page for when there is no connection: it is kept on the device, and so in both languages and without anybody's name.
pub fn offline_page(brand: &str, stylesheet: &str) -> String {
    let part = |class: &'static str, language: Language| {
        view! {
            <section class=class lang=language.tag()>
                <h2>{words::OFFLINE.in_language(language)}</h2>
                <p>{words::OFFLINE_WHAT.in_language(language)}</p>
                <p class="actions"><a class="button" href="">{words::TRY_AGAIN.in_language(language)}</a></p>
            </section>
        }
    };
    let page = Owner::new().with(|| {
        view! {
            <html lang="en" dir="ltr">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="robots" content="noindex, nofollow"/>
                    <title>{format!("{} · {brand}", words::OFFLINE.in_language(Language::En))}</title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                    <link rel="stylesheet" href=stylesheet.to_owned()/>
                </head>
                <body>
                    <Sprite/>
                    <header class="top"><span class="brand">{picture("mark", "mark")}{brand.to_owned()}</span></header>
                    <main class="page">
                        <h1 class="hidden">
                            {words::OFFLINE.in_language(Language::En)}" · "
                            <span lang="es">{words::OFFLINE.in_language(Language::Es)}</span>
                        </h1>
                        <div class="sheet ticket joined">
                            {part("slip told", Language::En)} {part("slip books", Language::Es)}
                        </div>
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!DOCTYPE html>{page}")
}
