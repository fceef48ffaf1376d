"""Changes that were applied, one JSON line each, and what is known of each row."""

import json
import os


class ChangeFile:
    """Keeps each change once; a database would do the same with `ON CONFLICT (id) DO UPDATE ... WHERE excluded.lsn > lsn`."""

    def __init__(self, path):
        self._newest = {}
        self._file = open(path, "a+b")
        self._file.seek(0)
        text = self._file.read()
        # A crash may have left half a line; its record was not committed, and comes again.
        whole = text[: text.rfind(b"\n") + 1]
        self._file.truncate(len(whole))
        for line in whole.splitlines():
            self._learn(json.loads(line))

    def append(self, changes):
        """Keeps the changes that are new, for good, and gives them."""
        fresh = [change for change in changes if self._learn(change)]
        if fresh:
            self._file.write("".join(f"{json.dumps(change)}\n" for change in fresh).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        return fresh

    def close(self):
        self._file.close()

    def _learn(self, change):
        """A change is new when it comes later in the log than what is known of its row; a snapshot may read what is known."""
        known = self._newest.get(change["id"])
        if known and (change["lsn"] <= known["lsn"] or (change["op"] == "r" and change["row"] == known["row"])):
            return False
        self._newest[change["id"]] = change
        return True
