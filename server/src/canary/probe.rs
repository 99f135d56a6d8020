use futures_util::future::join_all;
use store::{OwnerMark, Store};

use super::Canary;
use super::front::{Answer, Front};
use crate::serve::{SESSION_NAMES, STOPPED, begin_session, end_session, marks_of};

/// What a probe found on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The canary saw its own, and nothing else.
    Own,
    /// Something that is not its own was shown to it, or to nobody who is signed in.
    Foreign,
    /// The page was kept back because it had something that is not the canary's.
    KeptBack,
    /// Personal pages are closed.
    Closed,
    /// The page was not had, and so nothing is known.
    Unknown(String),
}

/// A reader of a page: a canary, or somebody who is not signed in.
struct Reader {
    session: Option<String>,
    /// It is called otherwise by http than by https, and a proxy may stand between.
    cookie: Option<String>,
    mark: Option<OwnerMark>,
    paths: Vec<String>,
}

impl Finding {
    /// Whether it shows that somebody may be shown what is another's.
    pub fn is_hit(&self) -> bool {
        matches!(self, Self::Foreign | Self::KeptBack)
    }
}

/// Reads the canaries' pages through the front, all at once and twice over, and afterwards as somebody who is not signed
/// in: what a cache kept against its orders comes back then.
pub async fn probe(
    front: &Front,
    store: &Store,
    canaries: &[Canary],
) -> anyhow::Result<Vec<(String, Finding)>> {
    let mut readers = Vec::new();
    for canary in canaries {
        let session = begin_session(store, &canary.user).await?;
        let paths = ["/history", "/account", "/settings/lookups"].map(str::to_owned).into_iter();
        readers.push(Reader {
            cookie: Some(SESSION_NAMES.map(|name| format!("{name}={session}")).join("; ")),
            session: Some(session),
            mark: Some(store.owner_mark(&canary.account)),
            paths: paths.chain([format!("/messages/{}", canary.message)]).collect(),
        });
    }
    let stranger = Reader {
        cookie: None,
        session: None,
        mark: None,
        paths: readers.iter().flat_map(|reader| reader.paths.clone()).collect(),
    };
    let mut found = Vec::new();
    for round in [&readers[..], &readers[..], std::slice::from_ref(&stranger)] {
        let asked = round.iter().flat_map(|reader| reader.paths.iter().map(move |path| (reader, path)));
        found.extend(join_all(asked.map(|(reader, path)| reader.read(front, path))).await);
    }
    for session in readers.iter().filter_map(|reader| reader.session.as_deref()) {
        end_session(store, session).await?;
    }
    Ok(found)
}

impl Reader {
    async fn read(&self, front: &Front, path: &str) -> (String, Finding) {
        let finding = match front.get(path, self.cookie.as_deref()).await {
            Ok(answer) => self.find(&answer),
            Err(error) => Finding::Unknown(format!("{error:#}")),
        };
        (path.to_owned(), finding)
    }

    fn find(&self, answer: &Answer) -> Finding {
        if answer.headers.contains_key(STOPPED) {
            return Finding::KeptBack;
        }
        let marks = marks_of(&answer.body);
        if marks.iter().any(|mark| mark.is_none() || *mark != self.mark) {
            return Finding::Foreign;
        }
        match (answer.status.as_u16(), self.mark) {
            (503, _) => Finding::Closed,
            (200, Some(_)) if !marks.is_empty() => Finding::Own,
            (_, None) => Finding::Own,
            (status, Some(_)) => Finding::Unknown(format!("{status}, and nothing of the canary's")),
        }
    }
}
