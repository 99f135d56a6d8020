use super::*;

/// Numbers that are the same in every run (Steele and Vigna, `SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }
}

fn log(entries: i64) -> Vec<AuditEntry> {
    let mut log: Vec<AuditEntry> = Vec::new();
    for sequence in 1..=entries {
        let mut entry = AuditEntry {
            sequence,
            at: 1_776_600_000_000_000 + sequence / 3,
            actor_kind: "user".to_owned(),
            actor_id: (sequence % 5 > 0).then(|| format!("user{}", sequence % 5)),
            actor_role: Some("agent".to_owned()),
            actor_name: (sequence % 7 > 0).then(|| "Ada".to_owned()),
            act: "lookup_opened".to_owned(),
            account_id: (sequence % 2 > 0).then(|| format!("A-{}", sequence % 9)),
            subject: None,
            reason: Some("Asks about a trade-in".to_owned()),
            client: None,
            hash: Vec::new(),
        };
        let earlier = log.last().map_or(BEFORE_THE_FIRST, |last| last.hash.clone().try_into().unwrap());
        entry.hash = entry.hash_after(&earlier).to_vec();
        log.push(entry);
    }
    log
}

fn checkpoint(log: &[AuditEntry]) -> AuditCheckpoint {
    let last = log.last().unwrap();
    AuditCheckpoint { sequence: last.sequence, hash: last.hash.clone().try_into().unwrap(), at: last.time() }
}

fn verify(log: &[AuditEntry], checkpoint: AuditCheckpoint) -> Result<(i64, AuditHash), AuditBreak> {
    let mut walk = AuditWalk::from_first(Some(checkpoint));
    for entry in log {
        walk.step(entry)?;
    }
    walk.end()
}

/// Changes one field to another value, or to its neighbour's beginning: what is said stays the same, in other fields.
fn change(entry: &mut AuditEntry, dice: &mut Dice) {
    let field = dice.roll(12);
    let text = |text: &mut Option<String>| {
        *text = match text.take() {
            Some(_) if field.is_multiple_of(2) => None,
            Some(text) => Some(text + "x"),
            None => Some(String::new()),
        };
    };
    match field {
        0 => entry.at += 1,
        1 => entry.actor_kind.push('s'),
        2 => text(&mut entry.actor_id),
        3 => text(&mut entry.actor_role),
        4 => text(&mut entry.actor_name),
        5 => entry.act = "sign_in".to_owned(),
        6 => text(&mut entry.account_id),
        7 => text(&mut entry.subject),
        8 => text(&mut entry.reason),
        9 => text(&mut entry.client),
        10 => {
            let place = dice.roll(entry.hash.len());
            entry.hash[place] ^= 1 << dice.roll(8);
        }
        _ => {
            let moved = entry.act.pop().unwrap();
            entry.account_id = Some(format!("{moved}{}", entry.account_id.take().unwrap_or_default()));
        }
    }
}

/// Gives each entry from a place on the hash that it would have there.
fn chain_anew(log: &mut [AuditEntry], from: usize) {
    for place in from..log.len() {
        let earlier = match place {
            0 => BEFORE_THE_FIRST,
            _ => log[place - 1].hash.clone().try_into().unwrap_or(BEFORE_THE_FIRST),
        };
        log[place].hash = log[place].hash_after(&earlier).to_vec();
    }
}

/// One mutation of a log; what it was.
fn mutate(log: &mut Vec<AuditEntry>, dice: &mut Dice) -> &'static str {
    let place = dice.roll(log.len());
    match dice.roll(9) {
        0..3 => {
            change(&mut log[place], dice);
            "a field changed"
        }
        3 => {
            let other = (place + 1 + dice.roll(log.len() - 1)) % log.len();
            log.swap(place, other);
            let (one, two) = (log[place].sequence, log[other].sequence);
            if dice.roll(2) == 0 {
                (log[place].sequence, log[other].sequence) = (two, one);
            }
            "two entries swapped"
        }
        4 => {
            log.remove(place);
            if dice.roll(2) == 0 {
                log[place..].iter_mut().for_each(|entry| entry.sequence -= 1);
            }
            "an entry deleted"
        }
        5 => {
            let copied = log[dice.roll(log.len())].clone();
            log.insert(place, copied);
            if dice.roll(2) == 0 {
                log.iter_mut().zip(1..).for_each(|(entry, sequence)| entry.sequence = sequence);
            }
            "an entry inserted"
        }
        6 => {
            log.truncate(place);
            "the tail cut"
        }
        7 => {
            change(&mut log[place], dice);
            chain_anew(log, place);
            "an entry changed, and all after it chained anew"
        }
        _ => {
            log.remove(place);
            log[place..].iter_mut().for_each(|entry| entry.sequence -= 1);
            chain_anew(log, place);
            "an entry deleted, and all after it chained anew"
        }
    }
}

#[test]
fn ten_thousand_mutations_are_all_found() {
    const MUTATIONS: usize = 10_000;
    let whole = log(40);
    let known = checkpoint(&whole);
    let mut dice = Dice(5);
    let mut kinds = std::collections::BTreeMap::new();
    for round in 0..MUTATIONS {
        let mut mutated = whole.clone();
        let mut what = mutate(&mut mutated, &mut dice);
        // A hash that was changed and then made anew is as it was.
        while mutated == whole {
            what = mutate(&mut mutated, &mut dice);
        }
        *kinds.entry(what).or_insert(0) += 1;
        assert_eq!(verify(&whole, known), Ok((40, known.hash)), "the log as it is");
        assert!(verify(&mutated, known).is_err(), "round {round}: {what} was not found");
    }
    assert_eq!(kinds.len(), 7, "each kind was tried: {kinds:?}");
}

#[test]
fn a_break_is_told_where_it_first_is() {
    let whole = log(10);
    let known = checkpoint(&whole);
    let broken = |mutate: fn(&mut Vec<AuditEntry>)| {
        let mut mutated = whole.clone();
        mutate(&mut mutated);
        verify(&mutated, known)
    };
    assert_eq!(broken(|log| log[3].reason = None), Err(AuditBreak::Changed(4)));
    assert_eq!(broken(|log| drop(log.remove(3))), Err(AuditBreak::Missing(4)));
    assert_eq!(broken(|log| log.truncate(7)), Err(AuditBreak::Cut { last: 7, known: 10 }));
    assert_eq!(broken(Vec::clear), Err(AuditBreak::Cut { last: 0, known: 10 }));
    let rewritten = broken(|log| {
        log[3].reason = None;
        chain_anew(log, 3);
    });
    assert_eq!(rewritten, Err(AuditBreak::Rewritten(10)));
    let longer = log(12);
    assert_eq!(verify(&longer, known).map(|(last, _)| last), Ok(12), "what was added since is no break");
}

#[test]
fn what_stands_in_one_field_is_never_hashed_as_another() {
    let entry = log(1).remove(0);
    let with = |change: fn(&mut AuditEntry)| {
        let mut changed = entry.clone();
        change(&mut changed);
        changed.hash_after(&BEFORE_THE_FIRST)
    };
    let hashes = [
        entry.hash_after(&BEFORE_THE_FIRST),
        with(|it| it.subject = Some(String::new())),
        with(|it| (it.act, it.account_id) = ("lookup_opene".to_owned(), Some("dA-1".to_owned()))),
        with(|it| (it.subject, it.reason) = (it.reason.take(), None)),
        with(|it| it.sequence = 2),
        entry.hash_after(&[1; 32]),
    ];
    let different: std::collections::BTreeSet<_> = hashes.iter().collect();
    assert_eq!(different.len(), hashes.len());
}
