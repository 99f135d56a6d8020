use engine::Channel;

use super::{Text, text};

/// A channel's name, as in a list.
pub(crate) const fn name(channel: Channel) -> Text {
    match channel {
        Channel::Email => text("Email", "Correo"),
        Channel::Sms => text("Text", "SMS"),
        Channel::Push => text("Push", "Notificación"),
        Channel::Letter => text("Letter", "Carta"),
        Channel::Voice => text("Call", "Llamada"),
    }
}
