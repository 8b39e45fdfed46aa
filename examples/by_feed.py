"""An agency's system that follows the feeds: keeps what came, and signs for each transfer that is delivered to it.

    LIANDONG_URL=http://127.0.0.1:8800 LIANDONG_API_KEY=… python examples/by_feed.py [--once]

WORK_DB names its SQLite file. Where it stops, by itself or by a power cut, it goes on next time: nothing is lost, and
nothing is done twice.
"""

import os
import sys

from liandong_client import SERVICES, Client, Event, Login, Reader, Refused, SqliteStore

TABLES = ("CREATE TABLE IF NOT EXISTS news (id TEXT PRIMARY KEY, happened TEXT, event TEXT, case_id TEXT)",
          "CREATE TABLE IF NOT EXISTS work (case_id TEXT PRIMARY KEY, delivered_on TEXT, says TEXT NOT NULL)")
TO_SIGN = "出具接收回执"


class Office:
    """What the agency knows, and what it still has to do."""

    def __init__(self, client: Client, store: SqliteStore) -> None:
        self.client, self.database = client, store.connection
        self.agency = client.get("/api/desk/session")["agency"]
        for table in TABLES:
            self.database.execute(table)

    def hear(self, event: Event) -> None:
        """Runs in the transaction that also keeps how far the feed is read."""
        self.database.execute("INSERT OR IGNORE INTO news VALUES (?, ?, ?, ?)",
                              (event.id, event.data.occurred_on, event.key, event.subject))
        if event.key == "transfer.delivered" and event.data.receiver == self.agency:
            self.database.execute("INSERT OR REPLACE INTO work VALUES (?, ?, ?)",
                                  (event.subject, event.data.occurred_on, TO_SIGN))
        elif event.key in ("transfer.received", "transfer.received_late", "transfer.withdrawn"):
            self.database.execute("DELETE FROM work WHERE case_id = ?", (event.subject,))

    def to_sign(self) -> list[tuple[str, str]]:
        """Cases that wait for a receipt, with the day of their delivery."""
        return self.database.execute("SELECT case_id, delivered_on FROM work WHERE says = ?", (TO_SIGN,)).fetchall()

    def sign(self, case_id: str, delivered_on: str) -> None:
        """The receipt of annex 2. Its key is made of the case: sent again after a crash it is done once."""
        case = self.client.get(f"/api/transfer/cases/{case_id}")
        leg = case["case"]["legs"][-1]
        receipt = {"letter_number": leg["letter"]["number"], "sender": case["case"]["sender"], "sealed": True,
                   "delivered_by": leg["delivery"]["delivered_by"], "delivered_on": delivered_on, "remarks": ""}
        try:
            self.client.act("transfer", f"cases/{case_id}", "sign-receipt", receipt, if_match=case["revision"],
                            key=f"receipt-{case_id}-{leg['number']}")
            says = "已签收，待审查"
        except Refused as refused:
            says = f"未能签收：{refused.detail}"
        self.database.execute("UPDATE work SET says = ? WHERE case_id = ?", (says, case_id))


def main() -> None:
    """Reads, acts, prints the work list; for ever, or once."""
    client, once = Client(os.environ["LIANDONG_URL"], Login.from_environment()), "--once" in sys.argv
    store = SqliteStore(os.environ.get("WORK_DB", "work.sqlite"))
    office, reader = Office(client, store), Reader(client, SERVICES, store)
    while True:
        reader.run(office.hear, follow=not once, stopping=lambda: bool(office.to_sign()))
        reader.run(office.hear, follow=False)
        todo = office.to_sign()
        for case_id, delivered_on in todo:
            office.sign(case_id, delivered_on)
        for row in office.database.execute("SELECT case_id, says FROM work ORDER BY case_id"):
            print(*row, flush=True)
        if once and not todo:
            return


if __name__ == "__main__":
    main()
