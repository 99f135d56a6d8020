use serde::Serialize;

/// The longest list handed to the database at once, in bytes, unless one row alone is longer. A thousand rows or so share
/// a statement's cost, and what it works on stays in the processor's cache.
const LIST_BYTES_MAX: usize = 256 << 10;

/// A list of texts or integers, as a statement's `{texts}` or `{integers}` takes it.
pub(crate) fn json_list(items: impl IntoIterator<Item: Serialize>) -> String {
    let items: Vec<_> = items.into_iter().collect();
    serde_json::to_string(&items).expect("texts and integers are JSON")
}

/// Lists of rows, as a statement's `{rows}` takes them, each written out when it is asked for. A row is a tuple of texts,
/// integers and nothings.
pub(crate) fn json_rows<I: Iterator<Item: Serialize>>(mut rows: I) -> impl Iterator<Item = String> + use<I> {
    std::iter::from_fn(move || {
        let mut list = Vec::new();
        while list.len() <= LIST_BYTES_MAX
            && let Some(row) = rows.next()
        {
            list.push(if list.is_empty() { b'[' } else { b',' });
            serde_json::to_writer(&mut list, &row).expect("texts and integers are JSON");
        }
        (!list.is_empty()).then(|| closed(list))
    })
}

fn closed(mut list: Vec<u8>) -> String {
    list.push(b']');
    String::from_utf8(list).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_nothing_is_lost() {
        let text = "x".repeat(LIST_BYTES_MAX / 2);
        let lists: Vec<String> =
            json_rows([(1, &text), (2, &text), (3, &text), (4, &text)].into_iter()).collect();
        let rows = lists.iter().flat_map(|list| serde_json::from_str::<Vec<(i64, String)>>(list).unwrap());
        assert_eq!(rows.map(|(place, _)| place).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(lists.len(), 2);
        assert!(json_rows([(); 0].into_iter()).next().is_none());
    }
}
