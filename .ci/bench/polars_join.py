"""The nearest earlier transaction of the asserted kind for each message, by polars' `join_asof`: prints the seconds.

    polars_join.py DIR
"""

import json
import sys
import time

import polars

folder = sys.argv[1]
kinds = {entry["template"]: entry["asserts"] for entry in json.load(open(f"{folder}/templates.json"))}
began = time.perf_counter()
moment = polars.col("at").str.to_datetime("%Y-%m-%dT%H:%M:%SZ")
text = polars.String
transactions = polars.read_ndjson(
    f"{folder}/transactions.ndjson", schema={"id": text, "account": text, "kind": text, "occurred_at": text}
).rename({"occurred_at": "at"})
messages = polars.read_ndjson(
    f"{folder}/messages.ndjson", schema={"id": text, "account": text, "template": text, "sent_at": text}
).rename({"sent_at": "at"})
messages = messages.with_columns(moment, kind=polars.col("template").replace_strict(kinds, default=None))
transactions = transactions.with_columns(moment).sort("at")
joined = messages.filter(polars.col("kind").is_not_null()).sort("at").join_asof(
    transactions, on="at", by=["account", "kind"], tolerance="72h", strategy="backward"
)
joined.write_ndjson("/dev/null")
print(round(time.perf_counter() - began, 2))
