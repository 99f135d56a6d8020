//! What the operator says of its incident, the evening of the day on which it happened.

use std::collections::BTreeSet;

use engine::{AccountId, BatchName, Incident, Instant, Language, Message, Transaction};

use super::local_time::{day_in_words, home_zone, minutes_after};

/// From the first message to the statement.
const MINUTES_TO_EXPLAIN: i64 = 214;
const BATCH_BEGINS: &str = "archive-restore-";

/// The statement about the restored archive, as `counterfoil incident publish` takes it; `None` where it wrote to nobody.
pub fn statement(messages: &[Message], transactions: &[Transaction]) -> Option<Incident> {
    let sent: Vec<&Message> = messages.iter().filter(|message| archived_in(message).is_some()).collect();
    let batches: BTreeSet<&str> =
        sent.iter().filter_map(|it| archived_in(it)).map(BatchName::as_str).collect();
    let first = sent.iter().map(|message| message.sent_at).min()?;
    let text = written(first, &listed(batches), &listed(disclosed(&sent, transactions)));
    Some(Incident::from_toml(&text).expect("the statement is whole"))
}

fn archived_in(message: &Message) -> Option<&BatchName> {
    message.batch.as_ref().filter(|batch| batch.as_str().starts_with(BATCH_BEGINS))
}

/// Whose old devices were named to others.
fn disclosed<'a>(sent: &[&Message], transactions: &'a [Transaction]) -> BTreeSet<&'a str> {
    let traded = transactions.iter().filter(|transaction| transaction.kind.as_str() == "trade_in.received");
    let is_named_to_another = |transaction: &&Transaction| {
        let Some(device) = &transaction.device else { return false };
        let others = sent.iter().filter(|message| message.account.as_ref() != Some(&transaction.account));
        others.filter_map(|message| message.text.as_deref()).any(|text| text.contains(device.imei.identity()))
    };
    traded.filter(is_named_to_another).map(|transaction| AccountId::as_str(&transaction.account)).collect()
}

fn listed(names: BTreeSet<&str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("{name:?}")).collect();
    names.join(", ")
}

fn written(first: Instant, batches: &str, accounts: &str) -> String {
    let zone = home_zone();
    let published_at = minutes_after(first, MINUTES_TO_EXPLAIN);
    let (day, dia) = (day_in_words(first, &zone, Language::En), day_in_words(first, &zone, Language::Es));
    format!(
        r#"
slug = "trade-in-confirmations"
published_at = "{published_at}"

[covers]
batches = [{batches}]

[disclosed]
accounts = [{accounts}]

[en]
title = "We sent trade-in confirmations by mistake on {day}"
happened = """
On the afternoon of {day} we restored an archive of an earlier mail system. A queue of trade-in confirmations from years \
ago came back with it, and was sent: to whoever holds those account numbers today.

We stopped it within two hours. The mail is really ours, which is why nothing about it looks false. No trade-in was \
recorded, nobody was charged, and no account was changed."""
touched = """
Customers who traded a phone in years ago, and customers whose account number was once another’s. In your history, each of \
these messages says so.

Some of the mails named the model and the IMEI of a phone that another customer traded in. No name, address or payment \
detail of anybody else was in them."""
what_to_do = """
You can ignore the mail: nothing was changed on your account, and you owe nothing because of it.

Its link “Track my trade-in” leads to a page that is switched off. If you opened it, nothing happened, and nothing of yours was \
asked for there. A copy whose link leads elsewhere is not from us.

If you hold a message and are not sure that it is one of these, check it here. If something on your account looks wrong to \
you, call 611 from any Larkspur phone."""

[es]
title = "El {dia} enviamos confirmaciones de canje por error"
happened = """
La tarde del {dia} restauramos un archivo de un antiguo sistema de correo. Con él volvió una cola de confirmaciones de \
canje de hace años, que se envió a quienes hoy tienen esos números de cuenta.

La detuvimos en menos de dos horas. El correo es realmente nuestro, y por eso nada en él parece falso. No se registró ningún \
canje, no se cobró nada y no cambió ninguna cuenta."""
touched = """
Clientes que entregaron un teléfono hace años y clientes cuyo número de cuenta fue antes de otra persona. En su historial, \
cada uno de estos mensajes lo indica.

Algunos correos nombraban el modelo y el IMEI de un teléfono que entregó otro cliente. No contenían ningún nombre, dirección \
ni dato de pago de nadie más."""
what_to_do = """
Puede ignorar el correo: no cambió nada en su cuenta y no debe nada por él.

Su enlace para seguir el canje lleva a una página apagada. Si lo abrió, no pasó nada ni se le pidió nada. Una copia cuyo enlace \
lleve a otro sitio no es nuestra.

Si tiene un mensaje y no está seguro de que sea uno de estos, compruébelo aquí. Si algo en su cuenta le parece mal, llame \
al 611 desde cualquier teléfono Larkspur."""
"#
    )
}
