"""An agency's system that is called by webhooks: it keeps what came, and signs for each transfer delivered to it.

    LIANDONG_URL=… LIANDONG_API_KEY=… WEBHOOK_SECRETS="whsec_… whsec_…" PORT=9000 python examples/by_webhook.py

A call is answered once it is stored; what there is to do is done by a thread of its own. What no call told is read from
the feeds, at the start and where a call shows a gap; nothing is signed before. WORK_DB names the SQLite file.
"""

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from liandong_client import SERVICES, Client, Event, Inbox, Login, Reader, Refused, SqliteStore
from liandong_client.webhooks import Webhook

DATABASE, MOST = os.environ.get("WORK_DB", "work.sqlite"), 1_000_000
TO_SIGN = "出具接收回执"
reading = threading.Condition()     # held while a call, and what is missing before it, is read
client = Client(os.environ["LIANDONG_URL"], Login.from_environment())
agency = client.get("/api/desk/session")["agency"]


class Calls(BaseHTTPRequestHandler):
    """One call after the other: whose is it, is something missing before it, store it, answer."""

    webhook = Webhook(*os.environ["WEBHOOK_SECRETS"].split())
    store = SqliteStore(DATABASE)
    inbox = Inbox(store, lambda event: hear(event))
    feeds = Reader(client.copy(), SERVICES, store)

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST))
        with reading:
            status, answer = self.webhook.answer(dict(self.headers), body, self.feeds, self.inbox)
            reading.notify()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def hear(event: Event) -> None:
    """Runs in the transaction that also keeps how far the source is read."""
    if event.key == "transfer.delivered" and event.data.receiver == agency:
        Calls.store.connection.execute("INSERT OR REPLACE INTO work VALUES (?, ?, ?)",
                                       (event.subject, event.data.occurred_on, TO_SIGN))
    elif event.key in ("transfer.received", "transfer.received_late", "transfer.withdrawn"):
        Calls.store.connection.execute("DELETE FROM work WHERE case_id = ?", (event.subject,))


def work() -> None:
    """Signs what waits for it, for ever: the receipt of annex 2, once a case."""
    database = SqliteStore(DATABASE).connection
    while True:
        with reading:
            while not (waiting := database.execute("SELECT * FROM work WHERE says = ?", (TO_SIGN,)).fetchall()):
                reading.wait()
        for case_id, day, _ in waiting:
            case = client.get(f"/api/transfer/cases/{case_id}")
            leg = case["case"]["legs"][-1]
            receipt = {"letter_number": leg["letter"]["number"], "sender": case["case"]["sender"], "sealed": True,
                       "delivered_by": leg["delivery"]["delivered_by"], "delivered_on": day}
            try:
                client.act("transfer", f"cases/{case_id}", "sign-receipt", receipt, if_match=case["revision"],
                           key=f"receipt-{case_id}-{leg['number']}")
                says = "已签收，待审查"
            except Refused as refused:
                says = f"未能签收：{refused.detail}"
            database.execute("UPDATE work SET says = ? WHERE case_id = ?", (says, case_id))
            print(case_id, says, flush=True)


if __name__ == "__main__":
    Calls.store.connection.execute("CREATE TABLE IF NOT EXISTS work (case_id PRIMARY KEY, delivered_on, says)")
    Calls.feeds.run(hear, follow=False)
    threading.Thread(target=work, daemon=True).start()
    print("listening", flush=True)
    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Calls).serve_forever()
