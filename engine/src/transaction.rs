use serde::{Deserialize, Serialize};

use crate::{AccountId, Citation, E164, Imei, Instant, Kind, Money, Reference, TransactionId};

/// Something that happened on an account, as the feed has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transaction {
    /// The operator's own id.
    pub id: TransactionId,
    /// The account it happened on.
    pub account: AccountId,
    /// What sort of thing it is.
    pub kind: Kind,
    /// When it happened.
    pub occurred_at: Instant,
    /// When the books learnt of it; when we first saw it, where the feed does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Instant>,
    /// The operator's word for how far it has come, `completed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The numbers that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// What it cost or brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The device it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// The line it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<E164>,
    /// The operator's own words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The greatest wins, in whatever order they arrive.
    #[serde(default, skip_serializing_if = "is_first")]
    pub revision: u64,
    /// A tombstone: the operator says that the record is no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// A device that a transaction is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Its identity.
    pub imei: Imei,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

impl Transaction {
    /// What it holds that a message could cite: its references, device and line.
    pub fn holds(&self) -> impl Iterator<Item = Citation> {
        let references =
            self.references.iter().map(|reference| Citation::Reference(reference.normalised().into()));
        let device = self.device.iter().map(|device| Citation::of_device(&device.imei));
        references.chain(device).chain(self.line.iter().map(Citation::of_line))
    }

    /// Whether the books knew of it at a moment. One that does not say when it was recorded is known since it is here.
    pub fn is_known_at(&self, at: Instant) -> bool {
        !self.deleted && self.recorded_at.is_none_or(|recorded_at| recorded_at <= at)
    }
}

#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")
)]
pub(crate) fn is_first(revision: &u64) -> bool {
    *revision == 0
}
