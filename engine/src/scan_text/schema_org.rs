use super::markup::{Thing, last_word};
use super::{Stated, push_few};
use crate::{Kind, StatedAmount};

/// The properties of schema.org that hold a reference.
const REFERENCES: [&str; 7] = [
    "orderNumber",
    "trackingNumber",
    "confirmationNumber",
    "reservationNumber",
    "reservationId",
    "invoiceNumber",
    "identifier",
];
const AMOUNTS: [&str; 2] = ["price", "totalPrice"];
const CURRENCIES: [&str; 2] = ["priceCurrency", "currency"];

/// The kind of transaction that the first thing of a known sort tells of, by schema.org's `Order`, `ParcelDelivery` and
/// `Invoice`, and how far they say that it has come.
pub(crate) fn kind_of(things: &[Thing]) -> Option<Kind> {
    let kind = things.iter().find_map(|thing| {
        let status = |name: &str| {
            thing.properties.iter().find(|(property, _)| property == name).map(|(_, value)| last_word(value))
        };
        let order_status = status("orderStatus").or_else(|| status("deliveryStatus")).unwrap_or_default();
        match (
            thing.name.as_str(),
            order_status.as_str(),
            status("paymentStatus").unwrap_or_default().as_str(),
        ) {
            ("Order" | "ParcelDelivery", "OrderDelivered", _) => Some("shipment.delivered"),
            ("Order" | "ParcelDelivery", "OrderCancelled", _) => Some("order.cancelled"),
            ("Order", "OrderInTransit", _) | ("ParcelDelivery", _, _) => Some("shipment.dispatched"),
            ("Order", _, _) => Some("order.placed"),
            ("Invoice", _, "PaymentComplete") => Some("payment.received"),
            ("Invoice", _, "PaymentDeclined") => Some("payment.failed"),
            ("Invoice", _, _) => Some("bill.issued"),
            _ => None,
        }
    })?;
    Some(kind.parse().expect("the kinds of this table are kinds"))
}

impl Stated {
    /// Adds what things of schema.org state.
    pub(crate) fn read_things(&mut self, things: &[Thing]) {
        for thing in things {
            let find = |names: &[&str]| {
                thing
                    .properties
                    .iter()
                    .find(|(name, _)| names.contains(&name.as_str()))
                    .map(|(_, value)| value)
            };
            for (_, value) in thing.properties.iter().filter(|(name, _)| REFERENCES.contains(&name.as_str()))
            {
                self.add_reference(value);
            }
            let currency = find(&CURRENCIES).and_then(|code| code.parse().ok());
            for (_, value) in thing.properties.iter().filter(|(name, _)| AMOUNTS.contains(&name.as_str())) {
                if let Some(amount) = StatedAmount::from_decimal(value) {
                    push_few(
                        &mut self.amounts,
                        currency.map_or(amount, |currency| amount.or_currency(currency)),
                    );
                }
            }
        }
    }
}
