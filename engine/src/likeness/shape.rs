use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::held_words::{HeldWord, WordSort, held_words, host_of};
use super::link_hosts::link_hosts;

/// Words that stand behind each other and are compared as one.
const SHINGLE_WORDS: usize = 3;
/// As much of a message as tells it from others.
const SHINGLES_MAX: usize = 400;
/// Templates times languages of one incident.
const SHAPES_MAX: usize = 16;
/// More hosts than the messages of an incident lead to.
const HOSTS_MAX: usize = 1_000;
/// Fewer than these are a greeting, which many messages have.
const SHINGLES_MIN: usize = 4;
/// What as many accounts were told in the same words is nobody's own.
const ACCOUNTS_MIN: usize = 3;
/// Texts of one template agree in more than this.
const SAME_TEMPLATE_PERCENT: usize = 40;
/// Of what messages have in common, so much is found in a text that is like them.
const LIKE_PERCENT: usize = 60;

/// What messages of one template have in common, as hashes: it can be looked for, and not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KeptShape")]
pub struct Shape {
    /// Of their runs of words.
    words: BTreeSet<i64>,
    /// Of where the links of any of them lead; `None` where that was not kept.
    hosts: Option<BTreeSet<i64>>,
}

/// A shape as it is kept.
#[derive(Deserialize)]
#[serde(untagged)]
enum KeptShape {
    Whole {
        words: BTreeSet<i64>,
        hosts: Option<BTreeSet<i64>>,
    },
    /// By earlier versions.
    Words(BTreeSet<i64>),
}

impl From<KeptShape> for Shape {
    fn from(kept: KeptShape) -> Self {
        match kept {
            KeptShape::Whole { words, hosts } => Self { words, hosts },
            KeptShape::Words(words) => Self { words, hosts: None },
        }
    }
}

/// A message, for finding what it has in common with others.
#[derive(Clone, Debug)]
pub struct CommonText<'a> {
    /// Whose it is.
    pub account: &'a str,
    /// What its reader sees.
    pub text: String,
    /// The markup of that, if it has any.
    pub html: Option<&'a str>,
    /// Names and what else of it is its account's own.
    pub personal: Vec<String>,
}

/// The hashes of a text's runs of words. Links and numbers count as any link and any number.
pub(crate) fn shingles(words: &[HeldWord]) -> FxHashSet<i64> {
    let masked: Vec<&str> = words.iter().map(masked).collect();
    let runs = masked.windows(SHINGLE_WORDS.min(masked.len()).max(1));
    runs.map(hash).collect()
}

fn masked(word: &HeldWord) -> &str {
    match word.sort {
        WordSort::Link | WordSort::Email => "@",
        WordSort::Number => "#",
        WordSort::Plain => &word.key,
    }
}

/// FNV-1a: kept hashes must stay the same from one version to the next.
fn hash(run: &[&str]) -> i64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = run.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)).cast_signed()
}

/// The shapes of some messages: one for each template and language among them. Of a message that is alike to no other's,
/// what is its account's own is left out.
pub fn common_shapes(texts: &[CommonText]) -> Vec<Shape> {
    let mut groups: Vec<Vec<Alike>> = Vec::new();
    for text in texts {
        let one = Alike { account: text.account, shingles: own_shingles(text), hosts: hosts_of(text) };
        let alike = groups.iter().position(|group| is_of_one_template(&group[0].shingles, &one.shingles));
        match alike {
            Some(group) => groups[group].push(one),
            None if groups.len() < SHAPES_MAX => groups.push(vec![one]),
            None => {}
        }
    }
    let shapes = groups.iter().map(|group| shape_of(group));
    shapes.filter(|shape| shape.words.len() >= SHINGLES_MIN).collect()
}

/// One of the messages of a template.
struct Alike<'a> {
    account: &'a str,
    shingles: FxHashSet<i64>,
    hosts: BTreeSet<i64>,
}

/// Where the links of a message lead, as hashes.
fn hosts_of(text: &CommonText) -> BTreeSet<i64> {
    let written = held_words(&text.text);
    let written = written.iter().filter(|word| word.sort == WordSort::Link).map(|word| host_of(&word.key));
    let linked = text.html.map(link_hosts).unwrap_or_default();
    written.chain(linked.iter().map(String::as_str)).map(host_hash).take(HOSTS_MAX).collect()
}

fn host_hash(host: &str) -> i64 {
    hash(&["host", host])
}

/// A text's shingles without those that name something of its account's own.
fn own_shingles(text: &CommonText) -> FxHashSet<i64> {
    let personal: FxHashSet<Box<str>> =
        text.personal.iter().flat_map(|text| held_words(text)).map(|word| word.key).collect();
    let words = held_words(&text.text);
    let runs = words.split(|word| personal.contains(&word.key)).filter(|run| run.len() >= SHINGLE_WORDS);
    runs.flat_map(shingles).collect()
}

fn is_of_one_template(one: &FxHashSet<i64>, other: &FxHashSet<i64>) -> bool {
    let shared = one.intersection(other).count();
    shared * 100 >= (one.len() + other.len() - shared).max(1) * SAME_TEMPLATE_PERCENT
}

/// What at least half of a group's accounts were told, and no fewer than three where there are so many.
fn shape_of(group: &[Alike]) -> Shape {
    let mut told: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
    for one in group {
        for shingle in &one.shingles {
            told.entry(*shingle).or_default().insert(one.account);
        }
    }
    let accounts = group.iter().map(|one| one.account).collect::<BTreeSet<_>>().len();
    let enough = accounts.div_ceil(2).max(ACCOUNTS_MIN.min(accounts));
    let common =
        told.into_iter().filter(|(_, accounts)| accounts.len() >= enough).map(|(shingle, _)| shingle);
    let hosts = group.iter().flat_map(|one| one.hosts.iter().copied()).take(HOSTS_MAX).collect();
    Shape { words: common.take(SHINGLES_MAX).collect(), hosts: Some(hosts) }
}

impl Shape {
    /// Whether a text has most of it.
    pub(super) fn is_in(&self, shingles: &FxHashSet<i64>) -> bool {
        let found = self.words.iter().filter(|shingle| shingles.contains(shingle)).count();
        found * 100 >= self.words.len().max(1) * LIKE_PERCENT
    }

    /// Whether none of the messages' links leads to a host, as far as that is known.
    pub(super) fn lacks(&self, host: &str) -> bool {
        self.hosts.as_ref().is_some_and(|hosts| !hosts.contains(&host_hash(host)))
    }
}
