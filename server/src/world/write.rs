use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use engine::Span;
use serde_json::{Map, Value, json};

use super::facts::Facts;
use super::life::{Life, Sent};
use super::operator::Operator;
use super::truth::Truth;
use super::{WorldSettings, WorldSummary};
use crate::dice::Dice;

/// Writes the files of a feed, account by account.
pub(super) struct Writer<'a> {
    operator: &'a Operator,
    world: &'a WorldSettings,
    accounts: BufWriter<File>,
    transactions: BufWriter<File>,
    messages: BufWriter<File>,
    truth: BufWriter<File>,
    untold: BufWriter<File>,
    dice: Dice,
    summary: WorldSummary,
}

/// After so long a message no longer waits.
const GRACE: Span = Span::hours(48);

impl<'a> Writer<'a> {
    pub(super) fn create(
        folder: &Path,
        operator: &'a Operator,
        world: &'a WorldSettings,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
        let create = |name: &str| -> anyhow::Result<BufWriter<File>> {
            let path = folder.join(name);
            let file = File::create(&path).with_context(|| format!("{} can't be written", path.display()))?;
            Ok(BufWriter::with_capacity(1 << 20, file))
        };
        let manifest = json!({"brand": operator.brand, "as_of": world.until});
        create("manifest.json")?.write_all(manifest.to_string().as_bytes())?;
        create("templates.json")?.write_all(operator.templates_json().as_bytes())?;
        Ok(Self {
            operator,
            world,
            accounts: create("accounts.ndjson")?,
            transactions: create("transactions.ndjson")?,
            messages: create("messages.ndjson")?,
            truth: create("truth.ndjson")?,
            untold: create("untold.ndjson")?,
            dice: Dice::new(world.seed, u64::MAX),
            summary: WorldSummary::default(),
        })
    }

    pub(super) fn write(&mut self, life: &Life) -> anyhow::Result<()> {
        line(&mut self.accounts, &account(life))?;
        let first = self.summary.transactions;
        let id = |place: usize| format!("TX{:09}", first + place as u64);
        for (place, one) in life.happened.iter().enumerate() {
            let mut record = Map::new();
            record.insert("id".into(), id(place).into());
            record.insert("account".into(), life.person.account.as_str().into());
            record.insert("kind".into(), one.event.kind.as_str().into());
            record.insert("occurred_at".into(), json!(one.facts.occurred_at));
            record.insert("recorded_at".into(), json!(one.recorded_at));
            self.put_facts(&one.facts, &mut record);
            line(&mut self.transactions, &record.into())?;
        }
        for sent in &life.sent {
            let message = format!("MS{:09}", self.summary.messages);
            let record = self.message(life, sent, &message);
            line(&mut self.messages, &record)?;
            let truth = truth(life, sent, &message, self.world, &id);
            line(&mut self.truth, &truth)?;
            self.summary.messages += 1;
        }
        for place in &life.untold {
            line(&mut self.untold, &json!({"transaction": id(*place)}))?;
        }
        self.summary.transactions += life.happened.len() as u64;
        Ok(())
    }

    pub(super) fn finish(mut self) -> anyhow::Result<WorldSummary> {
        let files = [
            &mut self.accounts,
            &mut self.transactions,
            &mut self.messages,
            &mut self.truth,
            &mut self.untold,
        ];
        for file in files {
            file.flush()?;
        }
        Ok(self.summary)
    }

    fn put_facts(&self, facts: &Facts, record: &mut Map<String, Value>) {
        if let Some(reference) = &facts.reference {
            record.insert("references".into(), json!([reference]));
        }
        if let Some(cents) = facts.cents {
            record.insert(
                "amount".into(),
                json!({"value": decimal(cents), "currency": self.operator.currency}),
            );
        }
        if let Some(handset) = &facts.handset {
            record.insert("device".into(), json!({"imei": handset.imei.printed(), "model": handset.model}));
        }
        if let Some(number) = &facts.line {
            record.insert("line".into(), number.as_str().into());
        }
    }

    fn message(&mut self, life: &Life, sent: &Sent, id: &str) -> Value {
        let person = &life.person;
        let by_text = sent.channel == "sms";
        let mut record = Map::new();
        record.insert("id".into(), id.into());
        if !self.dice.happens(self.world.unnamed) {
            record.insert("account".into(), person.account.as_str().into());
        }
        record.insert("channel".into(), sent.channel.into());
        let recipient = if by_text { &person.lines[0] } else { &person.email };
        record.insert("recipient".into(), recipient.as_str().into());
        let sender = if by_text { &self.operator.sms_sender } else { &self.operator.sender };
        record.insert("sender".into(), sender.as_str().into());
        if !self.dice.happens(self.world.untemplated) {
            record.insert("template".into(), sent.template.into());
        }
        record.insert("sent_at".into(), json!(sent.at));
        if !sent.wording.subject.is_empty() {
            record.insert("subject".into(), self.fill(&sent.wording.subject, life, sent).into());
        }
        record.insert("text".into(), self.fill(sent.pattern(), life, sent).into());
        let fields = fields(sent);
        if !fields.is_empty() {
            record.insert("data".into(), fields.into());
        }
        record.into()
    }

    /// A wording with its `{facts}` filled in.
    fn fill(&self, wording: &str, life: &Life, sent: &Sent) -> String {
        let mut filled = String::with_capacity(wording.len() * 2);
        let mut rest = wording;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            filled.push_str(before);
            filled.push_str(&self.word(name, life, sent));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn word(&self, name: &str, life: &Life, sent: &Sent) -> String {
        let (person, hand) = (&life.person, sent.hand);
        let facts = sent.facts.as_ref();
        let handset = facts.and_then(|facts| facts.handset.as_ref());
        let word = match name {
            "first" => Some(person.first.to_owned()),
            "brand" => Some(self.operator.brand.clone()),
            "due" => Some(hand.day(sent.at.plus(Span::days(21)), person)),
            "day" => facts.map(|facts| hand.day(facts.occurred_at, person)),
            "amount" => facts
                .and_then(|facts| facts.cents)
                .map(|cents| hand.amount(cents, &self.operator.currency, person.language)),
            "reference" if sent.bare => Some(String::new()),
            "reference" => facts.and_then(|facts| facts.reference.as_deref()).map(|it| hand.reference(it)),
            "imei" => handset.map(|handset| handset.imei.printed()),
            "imei_end" => handset.map(|handset| handset.imei.last_four()),
            "model" => handset.map(|handset| handset.model.to_owned()),
            "line" => facts.and_then(|facts| facts.line.as_deref()).map(|it| hand.line(it)),
            _ => None,
        };
        word.unwrap_or_default()
    }
}

fn fields(sent: &Sent) -> Map<String, Value> {
    let mut fields = Map::new();
    let Some(facts) = &sent.facts else { return fields };
    for name in sent.fields.iter().filter(|name| sent.shows(name)) {
        let value = match name.as_str() {
            "reference" => facts.reference.clone(),
            "amount" => facts.cents.map(decimal),
            "imei" => facts.handset.as_ref().map(|handset| handset.imei.printed()),
            "line" => facts.line.clone(),
            _ => None,
        };
        fields.extend(value.map(|value| (name.clone(), value.into())));
    }
    fields
}

fn account(life: &Life) -> Value {
    let person = &life.person;
    let lines: Vec<Value> = person.lines.iter().map(|number| json!({"number": number})).collect();
    let devices: Vec<Value> = person
        .handsets
        .iter()
        .map(|handset| json!({"imei": handset.imei.printed(), "model": handset.model}))
        .collect();
    json!({
        "id": person.account, "name": format!("{} {}", person.first, person.last), "emails": [person.email],
        "phones": person.lines, "locale": person.locale(), "time_zone": person.time_zone(), "lines": lines,
        "devices": devices,
    })
}

fn truth(
    life: &Life,
    sent: &Sent,
    id: &str,
    world: &WorldSettings,
    name: &impl Fn(usize) -> String,
) -> Value {
    match &sent.truth {
        Truth::Informational => json!({"message": id, "verdict": "informational"}),
        Truth::Wrong { verdict, reason, place } => {
            // What the books don't know of yet, nothing can be held against.
            match place.filter(|place| life.happened[*place].recorded_at > world.until) {
                Some(_) => json!({"message": id, "verdict": "waiting"}),
                None if sent.at.plus(GRACE) > world.until && *reason == "no_transaction" => {
                    json!({"message": id, "verdict": "waiting"})
                }
                None => {
                    json!({"message": id, "verdict": verdict, "reason": reason, "transaction": place.map(name)})
                }
            }
        }
        Truth::Vouched { place, also } => {
            let known = |place: &usize| life.happened[*place].recorded_at <= world.until;
            if !known(place) {
                return json!({"message": id, "verdict": "waiting"});
            }
            let also: Vec<String> = also.iter().filter(|it| known(it)).map(|it| name(*it)).collect();
            if also.is_empty() {
                json!({"message": id, "verdict": "matched", "transaction": name(*place)})
            } else {
                json!({"message": id, "verdict": "matched", "transaction": name(*place), "also": also})
            }
        }
    }
}

fn decimal(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn line(file: &mut BufWriter<File>, record: &Value) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *file, record)?;
    Ok(file.write_all(b"\n")?)
}
