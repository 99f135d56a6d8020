//! What the demonstration's customer has reported: a message about a phone that she never had, which the desk answered, and
//! a change of SIM that nobody told her of, which waits.

use anyhow::Context;
use engine::{Cause, Instant, MessageId, Span, TransactionId};
use store::{
    ActReply, HistoryFilter, HistoryQuery, LookupBudget, MailDesk, Page, Password, ReportChange, ReportDone,
    ReportId, ReportStep, Reported, Says, SessionKey, SessionRecord, SignInChange, Standings, Store,
};
use tokio::sync::oneshot;

use crate::catalogue::stored_judging;
use crate::fill_demo::DemoSignIns;

const NOTE: &str = "We never owned this phone, and nobody here sent one in. Is our account all right?";
const ANSWER: &str = "Thank you for telling us. We restored an old archive, and it wrote to people about trade-ins of years \
                      ago.\n\nNothing was sent in, and nothing on your account was changed. You need do nothing.";
const SIM_NOTE: &str = "Ife’s phone had no signal that evening. None of us changed the SIM.";
/// Sessions of the demonstration's making, for as long as it takes: drawn by nobody, and gone before anything is served.
const SESSIONS: [i128; 2] = [1, 2];

/// Who reports and answers, and where mail is worded.
struct Demo<'a> {
    store: &'a Store,
    mail: &'a MailDesk,
    at: Instant,
    now: Instant,
}

/// Has the touched customer report what troubles her, and the agent answer one of the two.
pub async fn fill_demo_reports(
    store: &Store,
    sign_ins: &DemoSignIns,
    mail: &MailDesk,
    (at, now): (Instant, Instant),
) -> anyhow::Result<()> {
    let demo = Demo { store, mail, at, now };
    let [customer, agent] = SESSIONS.map(SessionKey::of);
    let DemoSignIns { touched, agent: ada, .. } = sign_ins;
    demo.sign_in(&customer, &touched.customer.sign_in, touched.password).await?;
    demo.sign_in(&agent, ada.sign_in, ada.password).await?;
    let (message, transaction) = demo.troubles(&customer).await?;
    if let Some(message) = message {
        let report = demo.report(&customer, Reported::Message(message), NOTE).await?;
        let lookup = store.open_report(&agent, &report, None, LookupBudget::DEFAULT, now).await?;
        demo.step(&agent, ReportStep::Answer { lookup, report, answer: ANSWER.to_owned() }).await?;
    }
    if let Some(transaction) = transaction {
        demo.report(&customer, Reported::Transaction(transaction), SIM_NOTE).await?;
    }
    for key in [customer, agent] {
        store.delete_session(&key).await?;
    }
    Ok(())
}

impl Demo<'_> {
    async fn sign_in(&self, key: &SessionKey, sign_in: &str, password: &str) -> anyhow::Result<()> {
        let user = self.store.verify_sign_in(sign_in, &Password::new(password)).await?;
        let ends_at = self.now.plus(Span::minutes(5));
        let session = SessionRecord {
            user_id: Some(user.context("one of the demonstration's people")?.user_id),
            data: "{}".to_owned(),
            seen_at: self.now,
            expires_at: ends_at,
            ends_at,
        };
        self.store.create_session(key, &session).await?;
        Ok(())
    }

    /// The latest message about a phone that was never the customer's, and a change of SIM that she was not told of.
    async fn troubles(
        &self,
        customer: &SessionKey,
    ) -> anyhow::Result<(Option<MessageId>, Option<TransactionId>)> {
        let scope = self.store.scope_of_session(customer, self.now).await?.context("a customer")?.scope;
        let filter = HistoryFilter { attention_only: true, ..HistoryFilter::default() };
        let query = HistoryQuery { filter, page: Page::Newest, limit: HistoryQuery::ENTRIES_MAX };
        let entries = self.store.read_history(&scope, &query).await?.entries;
        let message = entries.iter().find_map(|entry| {
            let is_foreign = |cause: &Cause| matches!(cause, Cause::ForeignDevice);
            let message = entry.message.as_ref()?;
            entry.reasons.iter().any(|reason| is_foreign(&reason.cause)).then(|| message.id.clone())
        });
        let transaction = entries.iter().find_map(|entry| {
            let transaction = entry.transaction.as_ref().filter(|_| entry.untold)?;
            (transaction.kind.noun() == "sim").then(|| transaction.id.clone())
        });
        Ok((message, transaction))
    }

    async fn report(&self, key: &SessionKey, about: Reported, note: &str) -> anyhow::Result<ReportId> {
        self.step(key, ReportStep::Make { about, says: Says::NotMe, note: note.to_owned() }).await
    }

    async fn step(&self, key: &SessionKey, step: ReportStep) -> anyhow::Result<ReportId> {
        let (reply, _) = oneshot::channel();
        let act = SignInChange::Report { change: ReportChange { key: *key, client: None, step }, reply };
        let (judging, mut standings) = (stored_judging(self.store, self.at).await?, Standings::default());
        let online = self.store.begin_online(&judging, &mut standings).await?;
        match online.act(&act, self.mail, self.now).await?.reply {
            ActReply::Report(ReportDone::Kept(report)) => Ok(report),
            refused => anyhow::bail!("the demonstration's report was not kept: {refused:?}"),
        }
    }
}
