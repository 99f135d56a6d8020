use engine::{Instant, Language, Said, Slug, Span, Statement};

/// A published statement, as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    /// What it is known by in its address.
    pub slug: Slug,
    /// A correction's is higher than 1.
    pub revision: i64,
    /// When it began.
    pub began_at: Instant,
    /// When it was first made known.
    pub published_at: Instant,
    /// When what stands was last said otherwise.
    pub kept_at: Instant,
    /// When it was taken back, if it was.
    pub withdrawn_at: Option<Instant>,
    /// What is said of it.
    pub said: Said,
    /// How many messages were sent by mistake.
    pub messages_touched: u64,
    /// To how many accounts.
    pub accounts_touched: u64,
    /// How many accounts' identifiers others saw.
    pub accounts_disclosed: u64,
}

/// An incident as a page of an account names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentNote {
    /// What it is known by in its address.
    pub slug: Slug,
    /// What is said of it.
    pub said: Said,
}

/// What incidents there are on an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountIncidents {
    /// Those by which messages were sent to it since the moment asked about, and how many were; the newest first.
    pub by_mistake: Vec<(IncidentNote, u64)>,
    /// Those by which others saw identifiers of it; the newest first.
    pub disclosed: Vec<IncidentNote>,
}

impl IncidentView {
    /// It in one language.
    pub fn in_language(&self, language: Language) -> &Statement {
        self.said.in_language(language)
    }

    /// How long it took to make it known.
    pub fn explained_in(&self) -> Span {
        self.published_at.since(self.began_at)
    }
}
