"""Follows one of Orderkeel's topics and keeps what it has learned in a file: one line per change that was new.

The file stands for any effect that must not happen twice. Needs confluent_kafka or kafka (Debian: python3-confluent-kafka,
python3-kafka), whichever is there. `python3 examples/follow_changes.py FILE`; see README.md.
"""

import json
import os
import signal
import sys

from change_file import ChangeFile
from kafka_clients import open_client


def read_change(value):
    """One change of a row; None for records that tell of no row. Raises ValueError for what cannot be read."""
    if value is None:  # A tombstone, which only matters to compaction.
        return None
    content = json.loads(value)
    if not isinstance(content, dict):
        raise ValueError("no envelope")
    # Some installations let Kafka Connect send the schema along.
    envelope = content["payload"] if content.get("schema") and content.get("payload") else content
    op = envelope.get("op")
    if op in ("t", "m"):  # A truncation, or a message of the write-ahead log.
        return None
    if op not in ("c", "r", "u", "d"):
        raise ValueError(f"unknown operation {op}")
    row = None if op == "d" else envelope.get("after")
    identity = (row or envelope.get("before") or {}).get("id")
    if not isinstance(identity, str):
        raise ValueError("no row with an id")
    return {"op": op, "id": identity, "lsn": (envelope.get("source") or {}).get("lsn") or 0, "row": row}


def changes_in(records):
    """What the records tell; what cannot be read is said and passed."""
    for record in records:
        try:
            change = read_change(record.value)
        except ValueError as error:
            print(f"passed {record.topic}/{record.partition}/{record.offset}: {error}", file=sys.stderr, flush=True)
            continue
        if change is not None:
            yield change


def follow(path):
    stopping = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.append(True))
    changes = ChangeFile(path)
    client = open_client(os.environ)
    while not stopping:
        records = client.read()
        if not records:
            continue
        # The effect first and the place in the topic afterwards: a crash between them repeats records, which the file knows.
        for change in changes.append(list(changes_in(records))):
            print(json.dumps(change), flush=True)
        client.commit()
    client.close()
    changes.close()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("Usage: python3 examples/follow_changes.py FILE (where the changes are kept)")
    follow(sys.argv[1])
