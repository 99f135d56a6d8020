use engine::DeliveryState;

use super::{Text, text};

/// How far a message came, as the name of the moment at which it did.
pub(crate) const fn state(state: DeliveryState) -> Text {
    match state {
        DeliveryState::Queued => text("Queued", "En cola"),
        DeliveryState::Sent => text("Sent", "Enviado"),
        DeliveryState::Delivered => text("Delivered", "Entregado"),
        DeliveryState::Bounced => text("Came back", "Devuelto"),
        DeliveryState::Opened => text("Opened", "Abierto"),
        DeliveryState::Complained => text("Reported", "Denunciado"),
    }
}
