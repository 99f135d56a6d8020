use axum::http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::frame::Sprite;
use crate::pages::{App, has_island};
use crate::request::RequestContext;

/// The document around the pages. Its language and title come from the page; its scripts only where it has an island.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let RequestContext { stylesheet, font, install_script, brand, .. } = expect_context();
    let scripts = has_island(expect_context::<Parts>().uri.path()).then(|| {
        view! {
            <HydrationScripts options islands=true/>
            <script src=install_script.to_string() nonce=use_nonce() defer></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html dir="ltr">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#1b1f23" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
                <meta name="apple-mobile-web-app-title" content=brand.to_string()/>
                <link
                    rel="preload"
                    href=font.to_string()
                    r#as="font"
                    type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=stylesheet.to_string() nonce=use_nonce()/>
                {scripts}
            </head>
            <body>
                <Sprite/>
                <App/>
            </body>
        </html>
    }
}
