//! Which transaction vouches for which message, where one vouches once.

use crate::candidate::Candidate;

/// What a message of a group became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Assignment {
    /// A transaction of its own vouches for it. Those in `rivals` would have done as well, and vouch for no other.
    Own { place: usize, rivals: Vec<usize> },
    /// Its transaction vouches for another message of the group already.
    Taken { place: usize },
}

/// How much better, in log-likelihood, the best transaction must fit than the next for a person to prefer it.
const MARGIN: f64 = 0.1;

/// The largest component that is assigned optimally; the time grows with its cube.
const OPTIMAL_MAX: usize = 48;

/// What going without a transaction weighs: less than the poorest candidate, so that a message goes without only where
/// there are more messages than transactions.
const WITHOUT: f64 = -1e6;

/// Assigns the messages of a group, in the order of `candidates`, which has at least one for each.
pub(crate) fn assign(candidates: &[&[Candidate]]) -> Vec<Assignment> {
    let mut chosen: Vec<Option<usize>> = vec![None; candidates.len()];
    for component in components(candidates) {
        if component.len() == 1 {
            chosen[component[0]] = best(candidates[component[0]]).map(|candidate| candidate.place);
        } else if component.len() <= OPTIMAL_MAX {
            assign_optimally(candidates, &component, &mut chosen);
        } else {
            assign_greedily(candidates, &component, &mut chosen);
        }
    }
    let mut taken: Vec<usize> = chosen.iter().flatten().copied().collect();
    taken.sort_unstable();
    let is_taken = |place: usize| taken.binary_search(&place).is_ok();
    let assignments = candidates.iter().zip(&chosen).map(|(list, choice)| {
        if let Some(place) = choice {
            return Assignment::Own { place: *place, rivals: rivals(list, *place, is_taken) };
        }
        let best = best(list).expect("a message of a group has a candidate");
        Assignment::Taken { place: best.place }
    });
    assignments.collect()
}

fn rivals(list: &[Candidate], place: usize, is_taken: impl Fn(usize) -> bool) -> Vec<usize> {
    let weight =
        list.iter().find(|candidate| candidate.place == place).map_or(0.0, |candidate| candidate.weight);
    let close = list.iter().filter(|other| other.place != place && other.weight > weight - MARGIN);
    close.map(|other| other.place).filter(|other| !is_taken(*other)).collect()
}

/// The candidate with the greatest weight; the earliest where they are equal.
fn best(list: &[Candidate]) -> Option<&Candidate> {
    list.iter().max_by(|a, b| a.weight.total_cmp(&b.weight).then(closer(a, b)).then(b.place.cmp(&a.place)))
}

fn closer(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.comparison.lag.micros().unsigned_abs().cmp(&a.comparison.lag.micros().unsigned_abs())
}

/// The messages that share transactions, directly or through others.
fn components(candidates: &[&[Candidate]]) -> Vec<Vec<usize>> {
    if candidates.len() == 1 {
        return vec![vec![0]];
    }
    let mut parent: Vec<usize> = (0..candidates.len()).collect();
    let mut owner = rustc_hash::FxHashMap::default();
    for (message, list) in candidates.iter().enumerate() {
        for candidate in *list {
            let other = *owner.entry(candidate.place).or_insert(message);
            let (one, two) = (root(&mut parent, message), root(&mut parent, other));
            parent[one.max(two)] = one.min(two);
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); candidates.len()];
    for message in 0..candidates.len() {
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
fn assign_greedily(candidates: &[&[Candidate]], component: &[usize], chosen: &mut [Option<usize>]) {
    let mut edges: Vec<(usize, &Candidate)> =
        component.iter().flat_map(|&message| candidates[message].iter().map(move |c| (message, c))).collect();
    edges.sort_by(|(m, a), (n, b)| {
        b.weight.total_cmp(&a.weight).then(closer(b, a)).then((a.place, m).cmp(&(b.place, n)))
    });
    let mut taken = rustc_hash::FxHashSet::default();
    for (message, candidate) in edges {
        if chosen[message].is_none() && taken.insert(candidate.place) {
            chosen[message] = Some(candidate.place);
        }
    }
}

/// The assignment with the greatest total weight (Kuhn 1955; the shortest-augmenting-path form with potentials of
/// Jonker and Volgenant 1987). Every message has a column of its own for going without.
fn assign_optimally(candidates: &[&[Candidate]], component: &[usize], chosen: &mut [Option<usize>]) {
    let mut places: Vec<usize> =
        component.iter().flat_map(|&m| candidates[m].iter().map(|c| c.place)).collect();
    places.sort_unstable();
    places.dedup();
    let cost = |row: usize, column: usize| -> f64 {
        let Some(place) = places.get(column) else { return -WITHOUT };
        let list = candidates[component[row]];
        list.iter()
            .find(|candidate| candidate.place == *place)
            .map_or(-2.0 * WITHOUT, |candidate| -candidate.weight)
    };
    let columns = cheapest_columns(component.len(), places.len() + component.len(), cost);
    for (row, column) in columns.into_iter().enumerate() {
        let place = places.get(column).copied();
        let fits =
            |place: &usize| candidates[component[row]].iter().any(|candidate| candidate.place == *place);
        chosen[component[row]] = place.filter(fits);
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
