use rustc_hash::FxHashMap;

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// Its id was not known.
    New,
    /// It stands in the place of another from now on.
    Corrected,
    /// It was known.
    Unchanged,
    /// It came after a correction of it, and changed nothing.
    Superseded {
        /// The revision that stands.
        standing: i64,
    },
    /// It was not taken.
    Refused(LoadRefusal),
}

impl Arrived {
    /// Its name in answers and figures.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Corrected => "corrected",
            Self::Unchanged => "unchanged",
            Self::Superseded { .. } => "superseded",
            Self::Refused(_) => "refused",
        }
    }
}

/// What became of a batch of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Records under ids that were not known.
    pub new: usize,
    /// Records that stand in the place of others from now on.
    pub corrected: usize,
    /// Records that were known, or that a later revision had already corrected.
    pub unchanged: usize,
    /// Records that were not taken: their places in the batch, and why.
    pub refused: Vec<(usize, LoadRefusal)>,
}

/// Why a record was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadRefusal {
    /// The same revision of the same id says something else.
    #[error(
        "other content is known under this id and revision {revision}: a correction needs a higher revision"
    )]
    OtherContent {
        /// The revision of both.
        revision: i64,
    },
    /// A correction changes what was sent.
    #[error("a message's account, recipient, time and body can't be corrected, only its delivery")]
    BodyChanged,
    /// A text holds U+0000, which PostgreSQL can't keep.
    #[error("a text holds the character U+0000")]
    Nul,
}

/// What is known of an id, or arrives for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    pub revision: i64,
    pub content_hash: i64,
    /// Of what can't be corrected; 0 where there is no such thing, or it is not known.
    pub body_hash: i64,
}

/// A revision as it is kept.
pub(crate) fn kept_revision(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}

impl Loaded {
    /// The sums of what became of records.
    pub(crate) fn of(outcomes: Vec<Arrived>) -> Self {
        let mut loaded = Self::default();
        for (place, outcome) in outcomes.into_iter().enumerate() {
            match outcome {
                Arrived::New => loaded.new += 1,
                Arrived::Corrected => loaded.corrected += 1,
                Arrived::Unchanged | Arrived::Superseded { .. } => loaded.unchanged += 1,
                Arrived::Refused(refusal) => loaded.refused.push((place, refusal)),
            }
        }
        loaded
    }
}

/// Decides on each record of a batch, in order. Besides what became of each, gives the places of the records that stand, one for
/// each id that changed, in the ids' order; `known` has the versions of before, and gets those of after.
pub(crate) fn sort_arrivals<'a>(
    arrivals: impl Iterator<Item = (&'a str, Result<Version, LoadRefusal>)>,
    known: &mut FxHashMap<String, Version>,
) -> (Vec<Arrived>, Vec<usize>) {
    let mut outcomes = Vec::new();
    let mut standing: FxHashMap<&str, usize> = FxHashMap::default();
    for (place, (id, arrival)) in arrivals.enumerate() {
        let outcome = arrival.and_then(|arrival| Ok((decide(known.get(id), &arrival)?, arrival)));
        outcomes.push(match outcome {
            Ok((outcome, arrival)) => {
                if matches!(outcome, Arrived::New | Arrived::Corrected) {
                    known.insert(id.to_owned(), arrival);
                    standing.insert(id, place);
                }
                outcome
            }
            Err(refusal) => Arrived::Refused(refusal),
        });
    }
    let mut standing: Vec<(&str, usize)> = standing.into_iter().collect();
    standing.sort_unstable();
    (outcomes, standing.into_iter().map(|(_, place)| place).collect())
}

fn decide(known: Option<&Version>, arrival: &Version) -> Result<Arrived, LoadRefusal> {
    let Some(known) = known else { return Ok(Arrived::New) };
    if known.body_hash != 0 && arrival.body_hash != 0 && known.body_hash != arrival.body_hash {
        return Err(if arrival.revision == known.revision {
            LoadRefusal::OtherContent { revision: known.revision }
        } else {
            LoadRefusal::BodyChanged
        });
    }
    if arrival.revision > known.revision {
        return Ok(Arrived::Corrected);
    }
    if arrival.revision == known.revision && arrival.content_hash != known.content_hash {
        return Err(LoadRefusal::OtherContent { revision: known.revision });
    }
    if arrival.revision < known.revision {
        return Ok(Arrived::Superseded { standing: known.revision });
    }
    Ok(Arrived::Unchanged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(arrivals: &[(&'static str, i64, i64, i64)]) -> (Loaded, Vec<usize>) {
        let version = |&(id, revision, content_hash, body_hash)| {
            (id, Ok(Version { revision, content_hash, body_hash }))
        };
        let (outcomes, standing) = sort_arrivals(arrivals.iter().map(version), &mut FxHashMap::default());
        (Loaded::of(outcomes), standing)
    }

    #[test]
    fn the_greatest_revision_stands_in_either_order() {
        let (loaded, standing) =
            sorted(&[("a", 0, 10, 0), ("b", 2, 22, 0), ("a", 1, 11, 0), ("b", 1, 21, 0), ("a", 1, 11, 0)]);
        assert_eq!(standing, [2, 1]);
        assert_eq!((loaded.new, loaded.corrected, loaded.unchanged), (2, 1, 2));
    }

    #[test]
    fn other_content_needs_a_higher_revision_and_a_body_none() {
        let (loaded, standing) =
            sorted(&[("a", 0, 10, 1), ("a", 0, 11, 1), ("a", 1, 12, 2), ("a", 2, 13, 1)]);
        assert_eq!(standing, [3]);
        assert_eq!(
            loaded.refused,
            [(1, LoadRefusal::OtherContent { revision: 0 }), (2, LoadRefusal::BodyChanged)]
        );
    }
}
