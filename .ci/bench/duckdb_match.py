"""The matching that an engineer would write over the same feed in an afternoon: an interval join in DuckDB.

It takes the kind from the template list, the nearest transaction of that kind within the window, and writes a verdict a
message. It reads no text, compares no fact, finds no duplicate and gives no reason.

    duckdb_match.py DIR OUT THREADS
"""

import sys

import duckdb

folder, out, threads = sys.argv[1:4]
db = duckdb.connect()
db.execute(f"set threads = {int(threads)}")
db.execute(f"""
    create table templates as select template, asserts from read_json('{folder}/templates.json');
    create table transactions as
        select id, account, kind, occurred_at from read_json('{folder}/transactions.ndjson',
            format = 'newline_delimited',
            columns = {{id: 'varchar', account: 'varchar', kind: 'varchar', occurred_at: 'timestamp',
                        recorded_at: 'timestamp'}})
        where recorded_at <= (select as_of::timestamp from read_json('{folder}/manifest.json'));
    create table messages as
        select id, account, template, sent_at from read_json('{folder}/messages.ndjson',
            format = 'newline_delimited',
            columns = {{id: 'varchar', account: 'varchar', template: 'varchar', sent_at: 'timestamp'}});
    copy (
        select messages.id as message,
               case when asserts is null then 'informational'
                    when count(transactions.id) > 0 then 'matched' else 'unmatched' end as verdict,
               arg_min(transactions.id, abs(epoch_us(sent_at) - epoch_us(occurred_at))) as transaction
        from messages
        left join templates using (template)
        left join transactions on transactions.account = messages.account
                              and transactions.kind = asserts
                              and occurred_at between sent_at - interval 72 hours and sent_at + interval 6 hours
        group by messages.id, asserts
    ) to '{out}' (format json);
""")
