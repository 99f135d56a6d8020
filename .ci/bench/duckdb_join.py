"""The interval join alone, over the structured claims that `cargo bench -p engine` judges, unsorted: the best of three.

    duckdb_join.py FOLDER THREADS

It gives each message the nearest transaction of its kind within the window; it compares no fact, lets a transaction vouch
any number of times, and gives no reason. Loading the tables is not counted.
"""

import sys
import time

import duckdb

folder, threads = sys.argv[1], int(sys.argv[2])
db = duckdb.connect()
db.execute(f"set threads = {threads}")
for table in ("messages", "transactions"):
    db.execute(f"create table {table} as select * from read_csv('{folder}/{table}.csv')")
best = None
for _ in range(3):
    began = time.perf_counter()
    db.execute("""
        create or replace table joined as
        select messages.id, arg_min(transactions.id, abs(epoch_us(sent_at) - epoch_us(occurred_at))) as transaction
        from messages
        left join transactions on transactions.account = messages.account
                              and transactions.kind = asserts
                              and occurred_at between sent_at - interval 72 hours and sent_at + interval 6 hours
        group by messages.id
    """)
    seconds = time.perf_counter() - began
    best = seconds if best is None else min(best, seconds)
print(f"DuckDB, {threads} threads: {best:.3f} s")
