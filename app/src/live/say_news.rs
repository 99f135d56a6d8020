use web_sys::{Document, Element};

/// Messages that a page lists, and the one that it is about.
const LINKS: &str = "main article h3 a[href*='/messages/']";

/// A message as a page shows it.
struct Shown {
    address: String,
    title: String,
    status: String,
}

/// What is other about the messages of a page than in the one that is shown.
#[derive(Default)]
pub(super) struct News {
    fresh: Vec<String>,
    changed: Vec<String>,
    /// The address of the first of them, in the newer page.
    pub(super) first: Option<String>,
}

impl News {
    pub(super) fn between(shown: &Document, newer: &Document) -> Self {
        let (before, mut news) = (messages(shown), Self::default());
        for message in messages(newer) {
            let kept = before.iter().find(|kept| kept.address == message.address);
            let list = match kept {
                Some(kept) if kept.status == message.status => continue,
                Some(_) => &mut news.changed,
                None => &mut news.fresh,
            };
            list.push(message.title);
            news.first.get_or_insert(message.address);
        }
        news
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// The news in words that the page has ready.
    pub(super) fn in_words_of(&self, live: &Element) -> String {
        let mut said = said(live, &self.fresh, "data-new-one", "data-new-many");
        let changed = said_changed(live, &self.changed);
        if !said.is_empty() && !changed.is_empty() {
            said.push(' ');
        }
        said + &changed
    }
}

fn said_changed(live: &Element, titles: &[String]) -> String {
    said(live, titles, "data-changed-one", "data-changed-many")
}

fn said(live: &Element, titles: &[String], one: &str, many: &str) -> String {
    let (words, named) = match titles {
        [] => return String::new(),
        [only] => (one, only.clone()),
        more => (many, more.len().to_string()),
    };
    let words = live.get_attribute(words).unwrap_or_default();
    // A title that ends a sentence already does so once.
    match words.split_once("{}") {
        Some((before, after)) if named.ends_with(['.', '!', '?', '…']) => {
            [before, &named, after.trim_start_matches('.')].concat()
        }
        Some((before, after)) => [before, &named, after].concat(),
        None => words,
    }
}

fn messages(page: &Document) -> Vec<Shown> {
    let mut shown = Vec::new();
    if let Some(status) = page.get_element_by_id("verdict") {
        let title = page.query_selector("main h1").ok().flatten();
        shown.push(Shown {
            address: String::new(),
            title: text(title.as_ref()),
            status: text(Some(&status)),
        });
    }
    let Ok(links) = page.query_selector_all(LINKS) else { return shown };
    for place in 0..links.length() {
        let link = links.get(place).and_then(|node| wasm_bindgen::JsCast::dyn_into::<Element>(node).ok());
        let Some(link) = link else { continue };
        let within = link.closest("article").ok().flatten();
        let status = within.and_then(|within| within.query_selector(".status").ok().flatten());
        shown.push(Shown {
            address: link.get_attribute("href").unwrap_or_default(),
            title: text(Some(&link)),
            status: text(status.as_ref()),
        });
    }
    shown
}

fn text(element: Option<&Element>) -> String {
    element.and_then(|element| element.text_content()).unwrap_or_default().trim().to_owned()
}
