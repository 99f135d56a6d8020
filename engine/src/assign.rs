//! Which transaction vouches for which message, where one vouches once.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::candidate::Candidate;

/// What a message of a group became.
#[derive(Clone, Debug)]
pub(crate) enum Assignment<'a> {
    /// A transaction of its own vouches for it. Those in `rivals` would have done as well, and vouch for no other.
    Own { candidate: Candidate<'a>, rivals: Vec<u32> },
    /// Its transaction vouches for another message of the group already.
    Taken { candidate: Candidate<'a> },
}

/// How much better, in log-likelihood, the best transaction must fit than the next for a person to prefer it.
const MARGIN: f64 = 0.1;

/// The largest component that is assigned optimally; the time grows with its cube.
const OPTIMAL_MAX: usize = 48;

/// What going without a transaction weighs: less than the poorest candidate, so that a message goes without only where
/// there are more messages than transactions.
const WITHOUT: f64 = -1e6;

impl<'a> Assignment<'a> {
    pub(crate) fn candidate(&self) -> &Candidate<'a> {
        match self {
            Self::Own { candidate, .. } | Self::Taken { candidate } => candidate,
        }
    }

    /// Whether it is known which transaction it is.
    pub(crate) fn is_settled(&self) -> bool {
        !matches!(self, Self::Own { rivals, .. } if !rivals.is_empty())
    }

    /// The assignment of a message of which each candidate, one at least, vouches for another.
    pub(crate) fn taken(list: &[Candidate<'a>]) -> Self {
        Self::Taken { candidate: *best(list).expect("a message of a group has a candidate") }
    }
}

/// Assigns the messages of a group, in the order of `lists`: each has at least one candidate.
pub(crate) fn assign<'a>(lists: &[&[Candidate<'a>]]) -> Vec<Assignment<'a>> {
    if have_each_their_own(lists) {
        return lists.iter().map(|list| Assignment::Own { candidate: list[0], rivals: Vec::new() }).collect();
    }
    let mut chosen: Vec<Option<Candidate>> = vec![None; lists.len()];
    for component in components(lists) {
        if component.len() == 1 {
            chosen[component[0]] = best(lists[component[0]]).copied();
        } else if component.len() <= OPTIMAL_MAX {
            assign_optimally(lists, &component, &mut chosen);
        } else {
            assign_greedily(lists, &component, &mut chosen);
        }
    }
    let mut taken: Vec<u32> = chosen.iter().flatten().map(|candidate| candidate.place).collect();
    taken.sort_unstable();
    let is_taken = |place: u32| taken.binary_search(&place).is_ok();
    let assignments = lists.iter().zip(&chosen).map(|(list, choice)| match choice {
        Some(candidate) => {
            Assignment::Own { candidate: *candidate, rivals: rivals(list, candidate, is_taken) }
        }
        None => Assignment::taken(list),
    });
    assignments.collect()
}

/// Whether each message has one candidate, later than that of the message before: as most groups are.
fn have_each_their_own(lists: &[&[Candidate]]) -> bool {
    lists.iter().all(|list| list.len() == 1)
        && lists.windows(2).all(|two| two[0][0].by_time(&two[1][0]).is_lt())
}

fn rivals(list: &[Candidate], chosen: &Candidate, is_taken: impl Fn(u32) -> bool) -> Vec<u32> {
    let close =
        list.iter().filter(|other| other.place != chosen.place && other.weight > chosen.weight - MARGIN);
    close.map(|other| other.place).filter(|other| !is_taken(*other)).collect()
}

/// The candidate with the greatest weight; the nearer in time where they are equal, then the earlier.
fn best<'l, 'a>(list: &'l [Candidate<'a>]) -> Option<&'l Candidate<'a>> {
    list.iter().max_by(|a, b| a.weight.total_cmp(&b.weight).then(closer(a, b)).then_with(|| b.by_time(a)))
}

fn closer(a: &Candidate, b: &Candidate) -> Ordering {
    b.lag.micros().unsigned_abs().cmp(&a.lag.micros().unsigned_abs())
}

/// The messages that share transactions, directly or through others.
fn components(lists: &[&[Candidate]]) -> Vec<Vec<usize>> {
    if lists.len() == 1 {
        return vec![vec![0]];
    }
    let mut parent: Vec<usize> = (0..lists.len()).collect();
    let mut owner = FxHashMap::default();
    for (message, list) in lists.iter().enumerate() {
        for candidate in *list {
            let other = *owner.entry(candidate.place).or_insert(message);
            let (one, two) = (root(&mut parent, message), root(&mut parent, other));
            parent[one.max(two)] = one.min(two);
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); lists.len()];
    for message in 0..lists.len() {
        members[root(&mut parent, message)].push(message);
    }
    members.retain(|component| !component.is_empty());
    members
}

fn root(parent: &mut [usize], mut of: usize) -> usize {
    while parent[of] != of {
        parent[of] = parent[parent[of]];
        of = parent[of];
    }
    of
}

/// Heaviest first. Ties fall to the nearer in time, then to the earlier.
fn assign_greedily<'a>(
    lists: &[&[Candidate<'a>]],
    component: &[usize],
    chosen: &mut [Option<Candidate<'a>>],
) {
    let mut edges: Vec<(usize, &Candidate)> =
        component.iter().flat_map(|&message| lists[message].iter().map(move |c| (message, c))).collect();
    edges.sort_by(|(m, a), (n, b)| {
        let by_weight = b.weight.total_cmp(&a.weight).then(closer(b, a));
        by_weight.then_with(|| a.by_time(b)).then(m.cmp(n))
    });
    let mut taken = FxHashSet::default();
    for (message, candidate) in edges {
        if chosen[message].is_none() && taken.insert(candidate.place) {
            chosen[message] = Some(*candidate);
        }
    }
}

/// The assignment with the greatest total weight (Kuhn 1955; the shortest-augmenting-path form with potentials of
/// Jonker and Volgenant 1987). Every message has a column of its own for going without.
fn assign_optimally<'a>(
    lists: &[&[Candidate<'a>]],
    component: &[usize],
    chosen: &mut [Option<Candidate<'a>>],
) {
    let mut columns: Vec<&Candidate> = component.iter().flat_map(|&message| lists[message]).collect();
    columns.sort_by(|a, b| a.by_time(b));
    columns.dedup_by_key(|candidate| candidate.place);
    let of_place =
        |row: usize, place: u32| lists[component[row]].iter().find(|candidate| candidate.place == place);
    let mut costs = vec![-WITHOUT; component.len() * columns.len()];
    for (row, column) in (0..component.len()).flat_map(|row| (0..columns.len()).map(move |it| (row, it))) {
        let candidate = of_place(row, columns[column].place);
        costs[row * columns.len() + column] = candidate.map_or(-2.0 * WITHOUT, |it| -it.weight);
    }
    let cost = |row: usize, column: usize| -> f64 {
        if column < columns.len() { costs[row * columns.len() + column] } else { -WITHOUT }
    };
    let assigned = cheapest_columns(component.len(), columns.len() + component.len(), cost);
    for (row, column) in assigned.into_iter().enumerate() {
        chosen[component[row]] =
            columns.get(column).and_then(|candidate| of_place(row, candidate.place)).copied();
    }
}

/// For each row the column of a cheapest assignment; `rows <= columns`.
fn cheapest_columns(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    // Row and column 0 are sentinels: `row_of[0]` holds the row being placed.
    let mut row_potential = vec![0.0; rows + 1];
    let mut column_potential = vec![0.0; columns + 1];
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut slack = vec![f64::INFINITY; columns + 1];
        let mut came_from = vec![0usize; columns + 1];
        let mut visited = vec![false; columns + 1];
        while row_of[column] != 0 || column == 0 {
            visited[column] = true;
            let from = row_of[column];
            let mut step = f64::INFINITY;
            let mut next = 0;
            for to in 1..=columns {
                if visited[to] {
                    continue;
                }
                let reduced = cost(from - 1, to - 1) - row_potential[from] - column_potential[to];
                if reduced < slack[to] {
                    slack[to] = reduced;
                    came_from[to] = column;
                }
                if slack[to] < step {
                    step = slack[to];
                    next = to;
                }
            }
            for to in 0..=columns {
                if visited[to] {
                    row_potential[row_of[to]] += step;
                    column_potential[to] -= step;
                } else {
                    slack[to] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    let mut column_of = vec![0; rows];
    for column in 1..=columns {
        if row_of[column] != 0 {
            column_of[row_of[column] - 1] = column - 1;
        }
    }
    column_of
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every assignment of rows to columns, tried.
    fn cheapest_total(rows: usize, columns: usize, cost: &[Vec<f64>]) -> f64 {
        fn place(row: usize, rows: usize, used: &mut Vec<bool>, cost: &[Vec<f64>]) -> f64 {
            if row == rows {
                return 0.0;
            }
            let mut least = f64::INFINITY;
            for column in 0..used.len() {
                if !used[column] {
                    used[column] = true;
                    least = least.min(cost[row][column] + place(row + 1, rows, used, cost));
                    used[column] = false;
                }
            }
            least
        }
        place(0, rows, &mut vec![false; columns], cost)
    }

    proptest! {
        #[test]
        fn the_assignment_is_the_cheapest(
            rows in 1usize..5, spare in 0usize..3, seed in prop::collection::vec(0u8..20, 40)
        ) {
            let columns = rows + spare;
            let cost: Vec<Vec<f64>> = (0..rows)
                .map(|row| (0..columns).map(|column| f64::from(seed[row * columns + column])).collect())
                .collect();
            let chosen = cheapest_columns(rows, columns, |row, column| cost[row][column]);
            let total: f64 = chosen.iter().enumerate().map(|(row, column)| cost[row][*column]).sum();
            prop_assert!((total - cheapest_total(rows, columns, &cost)).abs() < 1e-9);
        }
    }
}
