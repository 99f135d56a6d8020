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

/// What a step means, where its name does not say it.
pub(crate) const fn why(state: DeliveryState) -> Option<Text> {
    match state {
        DeliveryState::Queued | DeliveryState::Sent | DeliveryState::Delivered => None,
        DeliveryState::Bounced => Some(text(
            "It did not reach you: the address or number did not take it.",
            "No le llegó: la dirección o el número no lo aceptó.",
        )),
        DeliveryState::Opened => {
            Some(text("As far as its sender can tell.", "Por lo que su remitente puede saber."))
        }
        DeliveryState::Complained => Some(text(
            "Somebody who got it said that it was not wanted.",
            "Alguien que lo recibió dijo que no lo quería.",
        )),
    }
}
