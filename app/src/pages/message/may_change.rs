use engine::Kind;
use store::TransactionView;

use crate::words::{Text, message as words};

/// What a transaction may have changed on an account, of that which a worried reader asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Money,
    Devices,
    Lines,
    Security,
}

use Part::{Devices, Lines, Money, Security};

impl Part {
    pub(super) const ALL: [Self; 4] = [Money, Devices, Lines, Security];

    /// That nothing of it changed.
    pub(super) fn nothing(self) -> Text {
        match self {
            Money => words::NO_CHARGES,
            Devices => words::NO_DEVICES_CHANGED,
            Lines => words::NO_LINES_CHANGED,
            Security => words::NO_SECURITY,
        }
    }

    /// Whether a transaction may have changed it: by what it has, and by what its kind is about. One of a kind that is not
    /// known here may have changed anything.
    pub(super) fn may_be_changed_by(self, transaction: &TransactionView) -> bool {
        let has = match self {
            Money => transaction.amount.is_some(),
            Devices => transaction.device.is_some(),
            Lines => transaction.line.is_some(),
            Security => false,
        };
        has || is_about(&transaction.kind).is_none_or(|parts| parts.contains(&self))
    }
}

fn is_about(kind: &Kind) -> Option<&'static [Part]> {
    Some(match kind.noun() {
        "autopay" | "bill" | "charge" | "credit" | "payment" | "transfer" => &[Money],
        "device" | "shipment" => &[Devices],
        "order" | "trade_in" => &[Money, Devices],
        "line" | "plan" => &[Money, Lines],
        "address" | "contact" | "credential" | "sign_in" => &[Security],
        "sim" => &[Devices, Lines, Security],
        "number" => &[Lines, Security],
        "appointment" | "meter" | "outage" => &[],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed_by(kind: &str) -> Vec<Part> {
        let parts = is_about(&kind.parse().expect("a kind"));
        parts.map_or_else(|| Part::ALL.to_vec(), <[Part]>::to_vec)
    }

    #[test]
    fn what_is_not_known_may_have_changed_anything() {
        assert_eq!(changed_by("payment.received"), [Money]);
        assert_eq!(changed_by("number.ported_out"), [Lines, Security]);
        assert_eq!(changed_by("outage"), []);
        assert_eq!(changed_by("loyalty.points_added"), Part::ALL);
        assert_eq!(changed_by("service.suspended"), Part::ALL);
    }
}
