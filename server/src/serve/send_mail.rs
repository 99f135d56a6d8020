use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use store::{ClaimedMail, LinkToken, MailOutcome, Store, StoreError};

use crate::clock::now;
use crate::settings::ServeSettings;
use crate::v1::Inflow;

/// How often mail is looked for that is due; what is written meanwhile is sent at once.
const EVERY: Duration = Duration::from_secs(10);
/// How long one mail may take. Whether it left is not known after that.
const SENDING_TIME_MAX: Duration = Duration::from_mins(1);

/// Where mail goes.
enum Way {
    /// To a mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// Into a folder, a file each.
    Folder(PathBuf),
}

/// Sends what is in the outbox, until the server stops.
pub struct Mailer {
    store: Store,
    inflow: Arc<Inflow>,
    way: Way,
    sender: Mailbox,
    /// The address that people type.
    public_url: String,
}

impl Mailer {
    /// Makes ready what sends mail.
    pub fn new(store: Store, settings: &ServeSettings, inflow: Arc<Inflow>) -> anyhow::Result<Self> {
        let from = &settings.mail_from;
        let sender: Mailbox =
            from.parse().with_context(|| format!("mail_from: `{from}` is not an address"))?;
        let way = match &settings.smtp_url {
            Some(url) => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal());
                // What the library says of a URL may quote its password.
                let transport =
                    transport.map_err(|_| anyhow::anyhow!("smtp_url is not one that mail can be sent by"))?;
                let greeting = ClientId::Domain(sender.email.domain().to_owned());
                Way::Smtp(Box::new(transport.timeout(Some(SENDING_TIME_MAX)).hello_name(greeting).build()))
            }
            None => Way::Folder(settings.mail_dir.clone()),
        };
        Ok(Self { store, inflow, way, sender, public_url: settings.public_url.clone() })
    }

    /// Sends mail as it is written, and again what could not be sent.
    pub async fn run(self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = self.inflow.mail.notified() => {}
            }
            if let Err(error) = self.send_due().await {
                tracing::error!(%error, "mail could not be sent, and is tried again");
            }
        }
    }

    async fn send_due(&self) -> Result<(), StoreError> {
        let given_up = self.store.give_up_mail(now()).await?;
        if given_up > 0 {
            tracing::error!(given_up, "a server stopped while it sent mail: whether that left is not known");
        }
        while let Some(mail) = self.store.claim_mail(now(), |token| self.address_of(token)).await? {
            let outcome = self.send(&mail).await;
            if outcome == MailOutcome::Sent {
                tracing::info!(mail = mail.id, "mail was sent");
            } else {
                let attempts = mail.attempts + 1;
                tracing::warn!(mail = mail.id, attempts, ?outcome, "mail was not sent");
            }
            self.store.keep_mail_outcome(&mail, outcome, now()).await?;
        }
        Ok(())
    }

    fn address_of(&self, token: &LinkToken) -> String {
        format!("{}/welcome/{}", self.public_url.trim_end_matches('/'), token.reveal())
    }

    async fn send(&self, mail: &ClaimedMail) -> MailOutcome {
        let Some(message) = self.message(mail) else { return MailOutcome::Refused };
        match &self.way {
            Way::Folder(folder) => write_file(folder, &mail.id, &message.formatted()),
            Way::Smtp(transport) => {
                // What fails before the mail is handed over has not sent it.
                if !matches!(transport.test_connection().await, Ok(true)) {
                    return MailOutcome::NotNow;
                }
                match tokio::time::timeout(SENDING_TIME_MAX, transport.send(message)).await {
                    Ok(Ok(_)) => MailOutcome::Sent,
                    Ok(Err(error)) if error.is_transient() => MailOutcome::NotNow,
                    Ok(Err(error)) if error.is_permanent() || error.is_client() => MailOutcome::Refused,
                    Ok(Err(_)) | Err(_) => MailOutcome::Unknown,
                }
            }
        }
    }

    /// The mail as it travels; `None` where its address is none that mail can be sent to.
    fn message(&self, mail: &ClaimedMail) -> Option<Message> {
        let host = self.sender.email.domain();
        let micros = Duration::from_micros(now().micros().unsigned_abs());
        let message = Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, mail.recipient.trim().parse().ok()?))
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{host}>", mail.id)))
            .date(SystemTime::UNIX_EPOCH + micros)
            // No answering machine answers it (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text.clone());
        message.singlepart(text).ok()
    }
}

/// Writes a mail into a folder that only the server's user sees. It has its name once it is whole, and the same name
/// again if it is ever written twice.
fn write_file(folder: &Path, id: &str, message: &[u8]) -> MailOutcome {
    let written = || -> io::Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let partial = folder.join(format!("{id}.partial"));
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        file.write_all(message)?;
        file.sync_all()?;
        std::fs::rename(&partial, folder.join(format!("{id}.eml")))
    };
    match written() {
        Ok(()) => MailOutcome::Sent,
        Err(error) => {
            tracing::error!(%error, "the folder for mail can't be written");
            MailOutcome::NotNow
        }
    }
}
