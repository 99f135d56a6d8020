use engine::{Kind, Language};

use super::{Text, text};
use crate::locale::Locale;

/// What happened, as the title of a transaction or of a message that claims it.
const TITLES: [(&str, Text); 42] = [
    ("address.changed", text("Address changed", "Cambio de dirección")),
    ("appointment.booked", text("Appointment booked", "Cita reservada")),
    ("appointment.cancelled", text("Appointment cancelled", "Cita cancelada")),
    ("autopay.cancelled", text("AutoPay turned off", "Pago automático desactivado")),
    ("autopay.enrolled", text("AutoPay turned on", "Pago automático activado")),
    ("bill.issued", text("Bill issued", "Factura emitida")),
    ("card.blocked", text("Card blocked", "Tarjeta bloqueada")),
    ("card.issued", text("Card issued", "Tarjeta emitida")),
    ("charge.posted", text("Charge", "Cargo")),
    ("contact.changed", text("Email or phone changed", "Cambio de correo o teléfono")),
    ("credential.changed", text("Password or PIN changed", "Cambio de contraseña o PIN")),
    ("credit.posted", text("Credit", "Abono")),
    ("device.added", text("Device added", "Dispositivo añadido")),
    ("digest.made", text("Summary made", "Resumen hecho")),
    ("line.added", text("Line added", "Línea añadida")),
    ("line.removed", text("Line removed", "Línea dada de baja")),
    ("lookup.opened", text("Account opened by our staff", "Cuenta abierta por nuestro personal")),
    ("member.invited", text("Member invited to sign in", "Invitación a un miembro")),
    ("message.flagged", text("Messages found in doubt", "Mensajes en duda")),
    ("meter.read", text("Meter read", "Lectura del medidor")),
    ("number.ported_in", text("Number moved to us", "Número traído a nuestra red")),
    ("number.ported_out", text("Number moved to another company", "Número llevado a otra compañía")),
    ("order.cancelled", text("Order cancelled", "Pedido cancelado")),
    ("order.placed", text("Order placed", "Pedido realizado")),
    ("outage", text("Outage", "Interrupción del servicio")),
    ("payment.failed", text("Payment did not go through", "Pago no realizado")),
    ("payment.received", text("Payment received", "Pago recibido")),
    ("payment.refunded", text("Refund issued", "Reembolso emitido")),
    ("plan.changed", text("Plan changed", "Cambio de plan")),
    ("report.answered", text("Answer to your report", "Respuesta a su reporte")),
    ("report.received", text("Report received", "Reporte recibido")),
    ("service.restored", text("Service restored", "Servicio restablecido")),
    ("service.suspended", text("Service suspended", "Servicio suspendido")),
    ("shipment.delivered", text("Shipment delivered", "Envío entregado")),
    ("shipment.dispatched", text("Order shipped", "Pedido enviado")),
    ("sign_in.link_requested", text("Link to set a password", "Enlace para poner una contraseña")),
    ("sim.changed", text("SIM changed", "Cambio de SIM")),
    ("trade_in.credited", text("Trade-in credited", "Canje abonado")),
    ("trade_in.received", text("Trade-in received", "Canje recibido")),
    ("trade_in.started", text("Trade-in started", "Canje iniciado")),
    ("transfer.received", text("Transfer received", "Transferencia recibida")),
    ("transfer.sent", text("Transfer sent", "Transferencia enviada")),
];

/// What was looked for, by the kind's first word: English behind `no`, Spanish with its `ningún`.
const NONE_OF: [(&str, Text); 23] = [
    ("address", text("change of address", "ningún cambio de dirección")),
    ("appointment", text("appointment", "ninguna cita")),
    ("autopay", text("change of AutoPay", "ningún cambio del pago automático")),
    ("bill", text("bill", "ninguna factura")),
    ("card", text("change of a card", "ningún cambio de tarjeta")),
    ("charge", text("charge", "ningún cargo")),
    ("contact", text("change of email or phone", "ningún cambio de correo o teléfono")),
    ("credential", text("change of password or PIN", "ningún cambio de contraseña o PIN")),
    ("credit", text("credit", "ningún abono")),
    ("device", text("change of a device", "ningún cambio de dispositivo")),
    ("line", text("change of a line", "ningún cambio de línea")),
    ("meter", text("meter reading", "ninguna lectura del medidor")),
    ("number", text("move of a number", "ningún traslado de número")),
    ("order", text("order", "ningún pedido")),
    ("payment", text("payment", "ningún pago")),
    ("plan", text("change of plan", "ningún cambio de plan")),
    ("report", text("report", "ningún reporte")),
    ("service", text("change of service", "ningún cambio del servicio")),
    ("shipment", text("shipment", "ningún envío")),
    ("sign_in", text("request for a link", "ninguna petición de enlace")),
    ("sim", text("change of SIM", "ningún cambio de SIM")),
    ("trade_in", text("trade-in", "ningún canje")),
    ("transfer", text("transfer", "ninguna transferencia")),
];

const NONE_OF_ANY: Text = text("activity of this kind", "ninguna actividad de este tipo");

/// A kind as a title. One that is not known is said in its own words: `loyalty.points_added`, Loyalty points added.
pub(crate) fn title(kind: &Kind, language: Language) -> String {
    match TITLES.iter().find(|(known, _)| *known == kind.as_str()) {
        Some((_, title)) => title.in_language(language).to_owned(),
        None => own_words(kind),
    }
}

/// The kinds as what was not found: `trade-in`, `payment or refund`; Spanish `ningún canje`.
pub(crate) fn none_of(kinds: &[Kind], locale: &Locale) -> String {
    let mut names: Vec<&str> = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let known = NONE_OF.iter().find(|(noun, _)| *noun == kind.noun()).map(|(_, name)| *name);
        let name = known.unwrap_or(NONE_OF_ANY).in_language(locale.language);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    locale.none_of(&names)
}

fn own_words(kind: &Kind) -> String {
    let words = kind.as_str().replace(['.', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::denver;

    fn kind(text: &str) -> Kind {
        text.parse().expect("a kind")
    }

    #[test]
    fn a_kind_that_is_not_known_is_said_in_its_own_words() {
        assert_eq!(title(&kind("trade_in.received"), Language::Es), "Canje recibido");
        assert_eq!(title(&kind("loyalty.points_added"), Language::En), "Loyalty points added");
    }

    #[test]
    fn what_was_not_found_is_named_once() {
        let kinds = [kind("trade_in.received"), kind("trade_in.credited"), kind("loyalty.points_added")];
        assert_eq!(none_of(&kinds, &denver(Language::En)), "trade-in or activity of this kind");
        assert_eq!(none_of(&kinds[..2], &denver(Language::Es)), "ningún canje");
    }

    #[test]
    fn tables_are_in_order_and_hold_nothing_twice() {
        assert!(TITLES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NONE_OF.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
