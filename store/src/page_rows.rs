use crate::history_row::HistoryRow;
use crate::narrow_reasons::narrow_rows;
use crate::{AccountScope, HistoryFilter, StoreError, StoreTransaction, on_both};

/// A place in an account's history: a time, and the id of an entry or what sorts before or after every id.
pub(crate) struct Place {
    pub at: i64,
    pub entry_id: String,
}

/// Which way from a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Earlier,
    Newer,
}

impl Place {
    /// Behind everything.
    pub(crate) fn newest() -> Self {
        Self::after_all_at(i64::MAX)
    }

    /// Behind every entry at a time.
    pub(crate) fn after_all_at(at: i64) -> Self {
        // Entries' ids begin with `m:` or `t:`.
        Self { at, entry_id: "~".to_owned() }
    }

    /// Before every entry at a time.
    pub(crate) fn before_all_at(at: i64) -> Self {
        Self { at, entry_id: String::new() }
    }
}

/// A statement for a page's rows. Which rows need attention is in its text, so that the index of them is used.
macro_rules! page_statement {
    ($attention:literal, $beyond:literal, $order:literal) => {
        concat!(
            "select account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
                    attention, untold, waits_until, reasons
             from {history}
             where account_id = $1 and ",
            $attention,
            " and (at, entry_id) ",
            $beyond,
            " ($4, $5) and (cast($6 as text) is null or channel = $6) and (cast($7 as text) is null or kind = $7)
             order by account_id ",
            $order,
            ", at ",
            $order,
            ", entry_id ",
            $order,
            " limit $8"
        )
    };
}

/// At most `limit` rows of a history on one side of a place, those nearest it first.
pub(crate) async fn page_rows(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    filter: &HistoryFilter,
    (place, way): (&Place, Way),
    limit: usize,
) -> Result<Vec<HistoryRow>, StoreError> {
    let statement = match (filter.attention_only, way) {
        (false, Way::Earlier) => page_statement!("1 = 1", "<", "desc"),
        (false, Way::Newer) => page_statement!("1 = 1", ">", "asc"),
        (true, Way::Earlier) => page_statement!("attention = 1", "<", "desc"),
        (true, Way::Newer) => page_statement!("attention = 1", ">", "asc"),
    };
    let channel = filter.channel.map(engine::Channel::as_str);
    let kind = filter.kind.as_ref().map(engine::Kind::as_str);
    let rows = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(statement, 1))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(place.at)
            .bind(&place.entry_id)
            .bind(channel)
            .bind(kind)
            .bind(i64::try_from(limit).expect("a page's limit is small"))
            .fetch_all(connection)
            .await?
    });
    narrow_rows(work, scope, rows).await
}
