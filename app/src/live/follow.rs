use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Element, EventSource, EventTarget, HtmlElement, MessageEvent, Window, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

use super::merge_page::merge;
use super::say_news::News;

/// The stream that says that something changed.
const STREAM: &str = "/history/live";
/// With which the server knows that nobody asks in person.
const BY_ITSELF: &str = "x-counterfoil-by-itself";
/// The longest that is waited before the stream is asked for again, in seconds.
const WAIT_MAX: i32 = 64;
/// So far down a page its reader is still at its top.
const TOP_PIXELS: f64 = 48.0;

/// A page that follows the history that it shows.
struct Page {
    window: Window,
    document: Document,
    live: Element,
    said: Element,
    show: HtmlElement,
    /// The version of the history that is shown, or that the reader knows of.
    version: RefCell<String>,
    stream: RefCell<Option<EventSource>>,
    /// What is being asked for, if anything is: one page at a time.
    asked: RefCell<Option<XmlHttpRequest>>,
    /// How often in a row there was no stream.
    failures: Cell<u32>,
    has_ended: Cell<bool>,
}

/// Follows for as long as the page is open.
pub(super) fn begin() -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let live = document.get_element_by_id("live")?;
    let page = Rc::new(Page {
        said: document.get_element_by_id("live-said")?,
        show: document.get_element_by_id("live-show")?.dyn_into().ok()?,
        version: RefCell::new(live.get_attribute("data-version")?),
        stream: RefCell::default(),
        asked: RefCell::default(),
        failures: Cell::new(0),
        has_ended: Cell::new(false),
        window,
        document,
        live,
    });
    page.on(&page.show, "click", |page, _| page.show_news());
    page.on(&page.document, "visibilitychange", |page, _| page.watch());
    page.watch();
    Some(())
}

impl Page {
    fn on(
        self: &Rc<Self>,
        target: &EventTarget,
        event: &str,
        then: impl Fn(&Rc<Self>, MessageEvent) + 'static,
    ) {
        let page = Rc::clone(self);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event| then(&page, event));
        // The browser lets go of it with the target.
        let _ = target.add_event_listener_with_callback(event, heard.into_js_value().unchecked_ref());
    }

    /// Listens while somebody may see the page, and not else.
    fn watch(self: &Rc<Self>) {
        if self.document.hidden() || self.has_ended.get() {
            return self.unwatch();
        }
        if self.stream.borrow().is_some() {
            return;
        }
        let Ok(stream) = EventSource::new(STREAM) else { return };
        self.on(&stream, "message", |page, event| {
            page.failures.set(0);
            page.hear(&event.data().as_string().unwrap_or_default());
        });
        self.on(&stream, "ended", |page, _| page.end());
        self.on(&stream, "error", |page, _| page.lose());
        *self.stream.borrow_mut() = Some(stream);
    }

    fn unwatch(&self) {
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
    }

    /// Tries again after a while that grows.
    fn lose(self: &Rc<Self>) {
        if self.stream.borrow().is_none() {
            return;
        }
        self.unwatch();
        let failures = self.failures.get();
        self.failures.set(failures + 1);
        if failures > 0 {
            // Perhaps nobody is signed in any more: the page tells.
            self.ask(true);
        }
        let seconds = (1_i32 << failures.min(6)).min(WAIT_MAX);
        // Whoever lost it together does not come back together.
        let wait = f64::from(seconds) * 1000.0 * (0.5 + js_sys::Math::random() / 2.0);
        let page = Rc::clone(self);
        let again = Closure::once_into_js(move || page.watch());
        #[expect(clippy::cast_possible_truncation, reason = "some thousands")]
        let wait = wait as i32;
        let _ =
            self.window.set_timeout_with_callback_and_timeout_and_arguments_0(again.unchecked_ref(), wait);
    }

    fn hear(self: &Rc<Self>, version: &str) {
        if *self.version.borrow() != version {
            self.ask(true);
        }
    }

    /// Asks for the page that is open. By itself it only looks; else it shows what comes.
    fn ask(self: &Rc<Self>, by_itself: bool) {
        let Ok(request) = XmlHttpRequest::new() else { return };
        let Ok(address) = self.window.location().href() else { return };
        if request.open("GET", &address).is_err() {
            return;
        }
        request.set_response_type(XmlHttpRequestResponseType::Document);
        if by_itself {
            let _ = request.set_request_header(BY_ITSELF, "1");
        }
        if let Some(before) = self.asked.replace(Some(request.clone())) {
            let _ = before.abort();
        }
        let answered = request.clone();
        self.on(&request, "load", move |page, _| page.take(&answered, by_itself));
        let _ = request.send();
    }

    fn take(&self, answered: &XmlHttpRequest, by_itself: bool) {
        self.asked.take();
        let Ok(200) = answered.status() else { return };
        let newer = answered.response().ok().and_then(|page| page.dyn_into::<Document>().ok());
        let Some(newer) = newer else { return };
        let Some(live) = newer.get_element_by_id("live") else { return self.end() };
        let news = News::between(&self.document, &newer);
        *self.version.borrow_mut() = live.get_attribute("data-version").unwrap_or_default();
        if by_itself && !news.is_empty() && !self.is_reader_at_rest() {
            self.say(&news.in_words_of(&self.live));
            return self.offer(true);
        }
        // Without news a reader is left alone, wherever they are.
        if news.is_empty() && by_itself && !self.is_reader_at_rest() {
            return;
        }
        self.put_in_place(&newer);
        if !news.is_empty() {
            self.say(&news.in_words_of(&self.live));
        }
        if !by_itself {
            self.lead_to(news.first.as_deref());
        }
        self.offer(false);
    }

    /// At the top of the page, with nothing held in it: what comes then moves nothing away from them.
    fn is_reader_at_rest(&self) -> bool {
        let held =
            self.document.active_element().is_some_and(|at| at.tag_name() != "BODY" && at.id() != "main");
        let selects = self.window.get_selection().ok().flatten().is_some_and(|text| !text.is_collapsed());
        !held && !selects && self.window.scroll_y().is_ok_and(|down| down <= TOP_PIXELS)
    }

    fn put_in_place(&self, newer: &Document) {
        let main = |page: &Document| page.get_element_by_id("main");
        if let (Some(shown), Some(newer)) = (main(&self.document), main(newer)) {
            merge(&shown, &newer);
        }
    }

    fn show_news(self: &Rc<Self>) {
        if self.has_ended.get() {
            let _ = self.window.location().set_href("/sign-in");
        } else {
            self.ask(false);
        }
    }

    /// Sets the keyboard where the news are: its button is gone.
    fn lead_to(&self, address: Option<&str>) {
        let first = address.filter(|address| !address.is_empty()).and_then(|address| {
            let link = format!("main article h3 a[href=\"{address}\"]");
            self.document.query_selector(&link).ok().flatten()
        });
        let at = first.or_else(|| self.document.get_element_by_id("main"));
        if let Some(at) = at.and_then(|at| at.dyn_into::<HtmlElement>().ok()) {
            let _ = at.focus();
        }
    }

    fn say(&self, words: &str) {
        self.said.set_text_content(Some(words));
    }

    /// Shows what was said and the button beside it, or neither.
    fn offer(&self, offered: bool) {
        self.live.set_class_name(if offered { "live live-open" } else { "live" });
        self.show.set_hidden(!offered);
    }

    /// Nobody is signed in here any more.
    fn end(&self) {
        self.has_ended.set(true);
        self.unwatch();
        let words = |name: &str| self.live.get_attribute(name).unwrap_or_default();
        self.say(&words("data-ended"));
        self.show.set_text_content(Some(&words("data-sign-in")));
        self.offer(true);
    }
}
