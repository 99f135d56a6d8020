use anyhow::{Context, anyhow};
use engine::{Account, AccountId, FeedRecord, Instant, Message, MessageId};
use store::{AddUserError, Handed, HandedRecords, NewUser, Password, Role, Standings, Store, UserId};

use crate::catalogue::stored_judging;
use crate::hexadecimal::hexadecimal;

/// A made-up account that is nobody's, with somebody who may sign in for it.
#[derive(Clone, Debug)]
pub struct Canary {
    /// The account.
    pub account: AccountId,
    /// Who signs in for it.
    pub user: UserId,
    /// Its message.
    pub message: MessageId,
}

/// What the ids of canaries' accounts and messages begin with. They are in no export.
pub const CANARY_PREFIX: &str = "counterfoil-canary-";
/// Two, so that each can be shown what is the other's.
const CANARIES: usize = 2;
/// Nobody types it, and nothing keeps it.
const PASSWORD_BYTES: usize = 32;

/// The canaries, made where they are not there yet.
pub async fn prepare_canaries(store: &Store, at: Instant) -> anyhow::Result<Vec<Canary>> {
    let mut canaries = Vec::with_capacity(CANARIES);
    for number in 1..=CANARIES {
        let name = format!("{CANARY_PREFIX}{number}");
        let user = match store.find_user(&name).await? {
            Some(user) => user,
            None => make(store, &name, at).await.with_context(|| format!("{name} can't be made"))?,
        };
        canaries.push(Canary { account: name.parse()?, user, message: format!("{name}-note").parse()? });
    }
    Ok(canaries)
}

async fn make(store: &Store, name: &str, at: Instant) -> anyhow::Result<UserId> {
    let account = Account::from_line(account_line(name).as_bytes()).map_err(|error| anyhow!("{error}"))?;
    let note = Message::from_line(note_line(name, at).as_bytes()).map_err(|error| anyhow!("{error}"))?;
    hand_in(store, HandedRecords::Accounts(vec![account]), at).await?;
    hand_in(store, HandedRecords::Messages(vec![note.into()]), at).await?;
    let secret = draw_secret()?;
    let user = NewUser {
        sign_in: name.to_owned(),
        name: name.to_owned(),
        role: Role::Customer,
        account: Some(name.parse()?),
        password: Password::new(hexadecimal(&secret)),
    };
    match store.add_user(user, at).await {
        // Another server was quicker.
        Err(AddUserError::Taken) => store.find_user(name).await?.context("it is gone again"),
        added => Ok(added?),
    }
}

#[expect(clippy::disallowed_methods, reason = "a password that nobody is to know is drawn here")]
fn draw_secret() -> anyhow::Result<[u8; PASSWORD_BYTES]> {
    let mut secret = [0; PASSWORD_BYTES];
    getrandom::fill(&mut secret).map_err(|error| anyhow!("no random bytes: {error}"))?;
    Ok(secret)
}

async fn hand_in(store: &Store, records: HandedRecords, at: Instant) -> anyhow::Result<()> {
    let judging = stored_judging(store, at).await?;
    let mut standings = Standings::default();
    let online = store.begin_online(&judging, &mut standings).await?;
    online.take(vec![Handed { claim: None, records }]).await?;
    Ok(())
}

fn account_line(name: &str) -> String {
    format!(r#"{{"id":"{name}","name":"{name}","emails":["{name}@counterfoil.invalid"]}}"#)
}

fn note_line(name: &str, at: Instant) -> String {
    format!(
        r#"{{"id":"{name}-note","account":"{name}","channel":"email","recipient":"{name}@counterfoil.invalid",
            "sent_at":"{at}","subject":"A note of {name}","text":"This note is nobody's but that of {name}."}}"#
    )
    .replace('\n', "")
}
