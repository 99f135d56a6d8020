//! What the operator's templates are, and how each is worded in both languages.

mod english;
mod spanish;

use engine::{Channel, Language};

/// A template: its name, its channel, and what it claims.
pub(super) struct Template {
    /// By what the code asks for it.
    pub key: &'static str,
    pub name: &'static str,
    pub channel: Channel,
    /// The kind it asserts; `None`: it asserts nothing.
    pub asserts: Option<&'static str>,
    /// In which languages the operator's catalogue lists it: the judge reads the others by their text.
    pub listed: Listed,
    pub body: Body,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    Both,
    English,
    Spanish,
    Neither,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Text,
    Html,
    /// Text, and the same in the operator's own look.
    TextAndHtml,
}

/// A template's words in one language, with `{facts}` to be filled in.
pub(super) struct Wording {
    pub key: &'static str,
    /// Empty where the channel has none.
    pub subject: &'static str,
    pub body: &'static str,
}

use Body::{Html, Text, TextAndHtml};
use Channel::{Email, Letter, Push, Sms};
use Listed::{Both, English, Neither, Spanish};

const fn template(
    key: &'static str,
    name: &'static str,
    channel: Channel,
    asserts: Option<&'static str>,
    listed: Listed,
    body: Body,
) -> Template {
    Template { key, name, channel, asserts, listed, body }
}

/// Every template. The archive's is of an earlier system, and in no catalogue of today.
pub(super) const TEMPLATES: &[Template] = &[
    template("receipt", "pay.thanks.r4", Email, Some("payment.received"), Both, TextAndHtml),
    template("receipt-sms", "pay.thanks.txt", Sms, Some("payment.received"), Neither, Text),
    template("declined", "pay.declined.r2", Email, Some("payment.failed"), Spanish, Text),
    template("declined-sms", "pay.declined.txt", Sms, Some("payment.failed"), English, Text),
    template("refund", "pay.refund.r1", Email, Some("payment.refunded"), Neither, Text),
    template("bill", "bill.monthly.r7", Email, Some("bill.issued"), Both, TextAndHtml),
    template("bill-sms", "bill.monthly.txt", Sms, Some("bill.issued"), Neither, Text),
    template("bill-letter", "bill.paper.r2", Letter, Some("bill.issued"), English, Text),
    template("bill-nudge", "bill.nudge.txt", Sms, Some("bill.issued"), English, Text),
    template("autopay", "pay.auto.hello", Email, Some("autopay.enrolled"), Neither, Html),
    template("order", "shop.order.r5", Email, Some("order.placed"), Both, TextAndHtml),
    template("order-push", "shop.order.app", Push, Some("order.placed"), Neither, Text),
    template("shipped", "shop.parcel.out.r3", Email, Some("shipment.dispatched"), English, Html),
    template("shipped-sms", "shop.parcel.out.txt", Sms, Some("shipment.dispatched"), Neither, Text),
    template("delivered", "shop.parcel.home.r3", Email, Some("shipment.delivered"), Neither, Html),
    template("delivered-push", "shop.parcel.home.app", Push, Some("shipment.delivered"), Both, Text),
    template("trade-start", "swap.kit.r2", Email, Some("trade_in.started"), Both, TextAndHtml),
    template("trade-arrived", "swap.arrived.r2", Email, Some("trade_in.received"), Neither, TextAndHtml),
    template("trade-credit", "swap.credit.r2", Email, Some("trade_in.credited"), Spanish, TextAndHtml),
    template("archive-trade", "tradein_confirm_2017", Email, Some("trade_in.received"), Neither, TextAndHtml),
    template("plan", "plan.switch.r3", Email, Some("plan.changed"), Both, Html),
    template("plan-sms", "plan.switch.txt", Sms, Some("plan.changed"), Neither, Text),
    template("line", "line.hello.r2", Email, Some("line.added"), English, Text),
    template("sim", "guard.sim.r1", Email, Some("sim.changed"), Both, Text),
    template("sim-sms", "guard.sim.txt", Sms, Some("sim.changed"), Neither, Text),
    template("port-out", "guard.port.r1", Email, Some("number.ported_out"), Neither, Text),
    template("port-out-sms", "guard.port.txt", Sms, Some("number.ported_out"), Both, Text),
    template("password", "guard.password.r1", Email, Some("credential.changed"), Neither, Text),
    template("pin-sms", "guard.pin.txt", Sms, Some("credential.changed"), Both, Text),
    template("address", "guard.address.r1", Email, Some("address.changed"), English, Text),
    template("address-letter", "guard.address.paper", Letter, Some("address.changed"), Neither, Text),
    template("visit", "home.visit.r1", Email, Some("appointment.booked"), Spanish, Text),
    template("visit-sms", "home.visit.txt", Sms, Some("appointment.booked"), Neither, Text),
    template("visit-nudge", "home.visit.nudge", Sms, Some("appointment.booked"), Both, Text),
    template("offer-swap", "news.swap", Email, None, Neither, Html),
    template("offer-family", "news.family", Email, None, Both, Text),
    template("offer-push", "news.app", Push, None, Neither, Text),
    template("code-sms", "guard.code.txt", Sms, None, Neither, Text),
    template("survey", "news.survey", Email, None, Neither, Text),
    template("network", "net.works.r1", Sms, None, Neither, Text),
    template("usage", "net.usage.app", Push, None, English, Text),
    template("welcome", "news.welcome", Email, None, Both, Text),
    template("privacy-letter", "legal.privacy.paper", Letter, None, Neither, Text),
];

/// The template that a key stands for.
pub(super) fn template_of(key: &str) -> &'static Template {
    TEMPLATES.iter().find(|template| template.key == key).expect("every key is in the table")
}

/// A template's words in a language.
pub(super) fn wording_of(key: &str, language: Language) -> &'static Wording {
    let table = match language {
        Language::En => english::WORDINGS,
        Language::Es => spanish::WORDINGS,
    };
    table.iter().find(|wording| wording.key == key).expect("every template is worded in both languages")
}

impl Template {
    /// The name under which the feed has it in a language.
    pub(super) fn name_in(&self, language: Language) -> String {
        match language {
            Language::En => self.name.to_owned(),
            Language::Es => format!("{}.es", self.name),
        }
    }

    fn is_listed_in(&self, language: Language) -> bool {
        self.listed == Both
            || self.listed
                == match language {
                    Language::En => English,
                    Language::Es => Spanish,
                }
    }
}

/// The operator's list of templates, as a feed's `templates.json` has it.
pub(super) fn templates_json() -> String {
    let listed = [Language::En, Language::Es].into_iter().flat_map(|language| {
        let of_language = TEMPLATES.iter().filter(move |template| template.is_listed_in(language));
        of_language.map(move |template| {
            serde_json::json!({ "template": template.name_in(language), "asserts": template.asserts })
        })
    });
    serde_json::Value::Array(listed.collect()).to_string()
}
