//! What a customer reads, for each reason, in both languages.

use std::fmt::Write as _;

use engine::{Cause, Fact, FactName, Instant, Language, NearMiss, Outcome, Reason};
use insta::assert_snapshot;

use super::{Judged, add, explain, sum_up};
use crate::locale::denver;
use crate::words::reason::{NAMES_FOREIGN_DEVICE, and_nothing_changed};

fn at(text: &str) -> Instant {
    text.parse().expect("a moment")
}

fn fact(name: FactName, stated: &str, recorded: Option<&str>, outcome: Outcome) -> Fact {
    Fact { fact: name, stated: Some(stated.to_owned()), recorded: recorded.map(str::to_owned), outcome }
}

/// The title beside a message in a list, and its text; `>` the verdict above the message, `+` what is added beside it.
fn told(cause: Cause, facts: Vec<Fact>) -> String {
    let kind = "trade_in.received".parse().expect("a kind");
    let reasons = [Reason { cause, facts }];
    let sent_at = at("2026-04-10T20:37:00Z");
    let judged =
        Judged { sent_at, kind: Some(&kind), transaction: None, reasons: &reasons, is_withheld: false };
    let mut told = String::new();
    for language in [Language::En, Language::Es] {
        let locale = denver(language);
        let explanation = explain(&judged, &locale);
        writeln!(told, "# {}\n{}", explanation.title, explanation.text).expect("a string takes it");
        writeln!(told, "> {}", sum_up(&judged, &locale)).expect("a string takes it");
        if let Some(added) = add(&judged, &locale) {
            writeln!(told, "+ {added}").expect("a string takes it");
        }
    }
    told.replace('\u{a0}', " ")
}

fn none_but(occurred_at: &str, missed_by: Vec<FactName>) -> Cause {
    let transaction = "T-1".parse().expect("an id");
    Cause::NoTransaction {
        kinds: vec!["trade_in.received".parse().expect("a kind")],
        from: at("2026-04-07T20:37:00Z"),
        to: at("2026-04-11T02:37:00Z"),
        nearest: Some(NearMiss { transaction, occurred_at: at(occurred_at), missed_by }),
    }
}

#[test]
fn one_that_is_not_it() {
    assert_snapshot!(told(none_but("2026-04-09T15:00:00Z", vec![FactName::Amount]), Vec::new()), @r"
    # We found no trade-in like it
    Nothing on your account from April 7 to 10 vouches for this message. The nearest was on April 9, and differs in the amount.
    > We sent this message. We found no trade-in like it on your account around then.
    + Nothing on your account from April 7 to 10 vouches for this message. The nearest was on April 9, and differs in the amount.
    # No encontramos ningún canje así
    Nada en su cuenta del 7 al 10 de abril respalda este mensaje. Lo más cercano fue el 9 de abril, y no coincide en el importe.
    > Enviamos este mensaje. No encontramos ningún canje así en su cuenta por esas fechas.
    + Nada en su cuenta del 7 al 10 de abril respalda este mensaje. Lo más cercano fue el 9 de abril, y no coincide en el importe.
    ");
}

#[test]
fn nothing_of_the_kind() {
    let cause = none_but("2025-12-25T15:00:00Z", vec![FactName::Time, FactName::Device]);
    assert_snapshot!(told(cause, Vec::new()), @r"
    # We found no trade-in
    Nothing on your account from April 7 to 10 vouches for this message. The nearest was on December 25, 2025, outside that time, and differs in the device.
    > We sent this message. We found no trade-in on your account around then.
    + Nothing on your account from April 7 to 10 vouches for this message. The nearest was on December 25, 2025, outside that time, and differs in the device.
    # No encontramos ningún canje
    Nada en su cuenta del 7 al 10 de abril respalda este mensaje. Lo más cercano fue el 25 de diciembre de 2025, fuera de esas fechas, y no coincide en el dispositivo.
    > Enviamos este mensaje. No encontramos ningún canje en su cuenta por esas fechas.
    + Nada en su cuenta del 7 al 10 de abril respalda este mensaje. Lo más cercano fue el 25 de diciembre de 2025, fuera de esas fechas, y no coincide en el dispositivo.
    ");
}

#[test]
fn something_old() {
    let cause = Cause::Stale {
        transaction: "T-1".parse().expect("an id"),
        occurred_at: at("2023-02-20T15:00:00Z"),
        known_by: FactName::Reference,
    };
    let facts = vec![fact(FactName::Reference, "TI-2752007", Some("TI-2752007"), Outcome::Agrees)];
    assert_snapshot!(told(cause, facts), @r"
    # This is about something from February 20, 2023
    It tells of “Trade-in received, TI-2752007”, and nothing of the kind was due when we sent it.
    > We sent this message. It is about something from February 20, 2023: “Trade-in received, TI-2752007”. Nothing of the kind was due when we sent it.
    # Habla de algo del 20 de febrero de 2023
    Habla de «Canje recibido, TI-2752007», y cuando lo enviamos no había nada así pendiente.
    > Enviamos este mensaje. Habla de algo del 20 de febrero de 2023: «Canje recibido, TI-2752007». Cuando lo enviamos no había nada así pendiente.
    ");
}

#[test]
fn a_device_that_is_not_the_account_s() {
    let facts = vec![fact(FactName::Device, "353918051234567", None, Outcome::NotFound)];
    assert_snapshot!(told(Cause::ForeignDevice, facts), @r"
    # This device was never on your account
    We sent this message. It names a device that was never on your account.
    > We sent this message. It names a device that was never on your account.
    + Nothing on your account vouches for this message.
    # Ese dispositivo nunca estuvo en su cuenta
    Enviamos este mensaje. Nombra un dispositivo que nunca estuvo en su cuenta.
    > Enviamos este mensaje. Nombra un dispositivo que nunca estuvo en su cuenta.
    + Nada en su cuenta respalda este mensaje.
    ");
}

#[test]
fn a_line_and_a_reference_that_are_not_the_account_s() {
    assert_snapshot!(told(Cause::ForeignLine, Vec::new()), @r"
    # This number was never on your account
    We sent this message. It names a number that was never on your account.
    > We sent this message. It names a number that was never on your account.
    + Nothing on your account vouches for this message.
    # Ese número nunca estuvo en su cuenta
    Enviamos este mensaje. Nombra un número que nunca estuvo en su cuenta.
    > Enviamos este mensaje. Nombra un número que nunca estuvo en su cuenta.
    + Nada en su cuenta respalda este mensaje.
    ");
    assert_snapshot!(told(Cause::OtherAccount, Vec::new()), @r"
    # This reference was never on your account
    We sent this message. It names a reference that was never on your account.
    > We sent this message. It names a reference that was never on your account.
    + Nothing on your account vouches for this message.
    # Esa referencia nunca estuvo en su cuenta
    Enviamos este mensaje. Nombra una referencia que nunca estuvo en su cuenta.
    > Enviamos este mensaje. Nombra una referencia que nunca estuvo en su cuenta.
    + Nada en su cuenta respalda este mensaje.
    ");
}

#[test]
fn other_facts() {
    let facts = vec![
        fact(FactName::Amount, "96.40 USD", Some("86.40 USD"), Outcome::Differs),
        fact(FactName::Day, "2026-04-22", Some("2026-04-10"), Outcome::Differs),
    ];
    assert_snapshot!(told(Cause::Amount, facts), @r"
    # Details differ: the amount
    The message says $96.40. Your account shows $86.40. Your account is what counts.
    > The message says $96.40. Your account shows $86.40. Your account is what counts.
    # Los datos no coinciden: el importe
    El mensaje dice $96.40. En su cuenta figura $86.40. Lo que vale es su cuenta.
    > El mensaje dice $96.40. En su cuenta figura $86.40. Lo que vale es su cuenta.
    ");
}

#[test]
fn told_before() {
    let cause =
        Cause::Duplicate { first: "M-1".parse().expect("an id"), told_at: at("2026-04-10T15:14:00Z") };
    assert_snapshot!(told(cause, Vec::new()), @r"
    # You were already told on April 10, 9:14 AM
    It is on your account once, not twice.
    > It is on your account once, not twice.
    # Ya se le avisó el 10 de abril, 9:14 a. m.
    En su cuenta figura una sola vez, no dos.
    > En su cuenta figura una sola vez, no dos.
    ");
}

#[test]
fn not_yet() {
    assert_snapshot!(told(Cause::Grace { until: at("2026-04-12T20:37:00Z") }, Vec::new()), @r"
    # Not on your account yet
    It can take until April 12, 2:37 PM to show here. We will check again by ourselves.
    > It can take until April 12, 2:37 PM to show here. We will check again by ourselves.
    # Aún no aparece en su cuenta
    Puede tardar hasta el 12 de abril, 2:37 p. m. en mostrarse aquí. Lo comprobaremos de nuevo sin que usted haga nada.
    > Puede tardar hasta el 12 de abril, 2:37 p. m. en mostrarse aquí. Lo comprobaremos de nuevo sin que usted haga nada.
    ");
    assert_snapshot!(told(Cause::BooksBehind { since: at("2026-04-10T18:00:00Z") }, Vec::new()), @r"
    # Our records are behind
    Our records are complete up to April 10, 12:00 PM. We check this message when they have caught up.
    > Our records are complete up to April 10, 12:00 PM. We check this message when they have caught up.
    # Nuestros registros van con retraso
    Nuestros registros llegan hasta el 10 de abril, 12:00 p. m.; este mensaje se comprobará cuando se pongan al día.
    > Nuestros registros llegan hasta el 10 de abril, 12:00 p. m.; este mensaje se comprobará cuando se pongan al día.
    ");
}

#[test]
fn several_that_fit_and_nothing_to_check() {
    let transactions = vec!["T-1".parse().expect("an id"), "T-2".parse().expect("an id")];
    assert_snapshot!(told(Cause::Several { transactions }, Vec::new()), @r"
    # 2 activities fit this message
    Nothing in the message settles which of them it is about.
    > Nothing in the message settles which of them it is about.
    # 2 actividades coinciden con este mensaje
    Nada en el mensaje permite saber de cuál de ellas habla.
    > Nada en el mensaje permite saber de cuál de ellas habla.
    ");
    assert_snapshot!(told(Cause::NoClaim, Vec::new()), @r"
    # No activity is to be expected.
    This message tells of nothing that happens on an account, so there is nothing to check it against.
    > This message tells of nothing that happens on an account, so there is nothing to check it against.
    # No se espera ninguna actividad.
    Este mensaje no habla de nada que ocurra en una cuenta, así que no hay con qué compararlo.
    > Este mensaje no habla de nada que ocurra en una cuenta, así que no hay con qué compararlo.
    ");
    assert_snapshot!(told(Cause::Vouched, Vec::new()), @r"
    # What this message tells of is on your account.

    > What this message tells of is on your account.
    # Lo que dice este mensaje está en su cuenta.

    > Lo que dice este mensaje está en su cuenta.
    ");
}

#[test]
fn the_comfort_is_part_of_what_it_comforts() {
    let sentence = and_nothing_changed(NAMES_FOREIGN_DEVICE.in_language(Language::En), Language::En);
    assert_eq!(sentence, "It names a device that was never on your account, and nothing was changed.");
    let sentence = and_nothing_changed(NAMES_FOREIGN_DEVICE.in_language(Language::Es), Language::Es);
    assert_eq!(sentence, "Nombra un dispositivo que nunca estuvo en su cuenta, y nada cambió.");
}
