"""An agency's system that reads the agency's queue: keeps what is due by when, and delivers the letters it issued.

    LIANDONG_URL=… LIANDONG_API_KEY=… AGENCY_QUEUE=amqps://agency.zhujian:…@broker/city python examples/by_queue.py

`liandong agency provision` gives the queue's address. WORK_DB names the SQLite file; `--once` ends when nothing is left
to do. What the queue lacks is read from the feeds.
"""

import os
import sys

from liandong_client import SERVICES, Client, Event, Login, Reader, Refused, SqliteStore
from liandong_client.queues import QueueReader

TABLES = ("CREATE TABLE IF NOT EXISTS due (id TEXT PRIMARY KEY, case_id TEXT, due_on TEXT, says TEXT, state TEXT)",
          "CREATE TABLE IF NOT EXISTS letters (case_id TEXT PRIMARY KEY, revision INTEGER, state TEXT NOT NULL)")


class Office:
    """The agency's deadlines, and its letters that are not delivered yet."""

    def __init__(self, client: Client, store: SqliteStore) -> None:
        self.client, self.database = client, store.connection
        self.agency = client.get("/api/desk/session")["agency"]
        for table in TABLES:
            self.database.execute(table)

    def hear(self, event: Event) -> None:
        """Runs in the transaction that also keeps how far each source is read; the message is acknowledged after it."""
        data = event.data
        if event.name.startswith("deadline_") and data.bound == self.agency:
            self.database.execute("INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?, ?)",
                                  (data.deadline, event.subject, data.due_on, data.says, data.state))
        elif event.key in ("transfer.letter_issued", "transfer.letter_reissued") and data.sender == self.agency:
            self.database.execute("INSERT OR REPLACE INTO letters VALUES (?, ?, '待送达')",
                                  (event.subject, event.revision))
        elif event.key in ("transfer.delivered", "transfer.withdrawn"):
            self.database.execute("DELETE FROM letters WHERE case_id = ?", (event.subject,))

    def to_deliver(self) -> list[tuple[str, int]]:
        """Cases whose letter is issued and not delivered, with the revision that issued it."""
        return self.database.execute("SELECT case_id, revision FROM letters WHERE state = '待送达'").fetchall()

    def deliver(self, case_id: str, revision: int) -> None:
        """By the platform. Who has changed the case meanwhile is told by the refusal."""
        try:
            self.client.act("transfer", f"cases/{case_id}", "deliver", {"way": "platform", "delivered_by": "业务系统"},
                            if_match=revision, key=f"deliver-{case_id}-{revision}")
            state = "已送达"
        except Refused as refused:
            state = f"未能送达：{refused.detail}"
        self.database.execute("UPDATE letters SET state = ? WHERE case_id = ?", (state, case_id))

    def show(self) -> None:
        """The work list: what is due, the earliest first."""
        for row in self.database.execute("SELECT due_on, says, case_id FROM due WHERE state = 'open' ORDER BY due_on"):
            print(*row, flush=True)


def main() -> None:
    """Reads, delivers, prints the work list; for ever, or once."""
    client, once = Client(os.environ["LIANDONG_URL"], Login.from_environment()), "--once" in sys.argv
    store = SqliteStore(os.environ.get("WORK_DB", "work.sqlite"))
    office = Office(client, store)
    queue = QueueReader(lambda: os.environ["AGENCY_QUEUE"], office.agency, Reader(client, SERVICES, store),
                        prefix=os.environ.get("QUEUE_PREFIX", ""))
    while True:
        queue.run(office.hear, stopping=lambda: bool(office.to_deliver()) or (once and queue.idle))
        todo = office.to_deliver()
        for case_id, revision in todo:
            office.deliver(case_id, revision)
        office.show()
        if once and not todo:
            return


if __name__ == "__main__":
    main()
