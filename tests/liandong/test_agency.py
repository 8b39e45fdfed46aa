"""`liandong agency`: an agency's queue and user from first to last, by the commands of city ops."""

import json
import re
from pathlib import Path

import amqp

from liandong.offices import office_of
from shared.kernel.settings import settings_from
from shared.law import subscriptions
from shared.law.subscriptions import ACTIVE, QUEUE, Subscribed
from tests.agencies.conftest import Managed, managed
from tests.liandong.running import HOUSING, SERVICES, Ran, environ, run

__all__ = ["managed"]
WHO = ("--appointment", "sifa.liu")


def told(managed: Managed, home: Path) -> dict[str, str]:
    settings = managed.settings(home)
    return {"LIANDONG_AMQP_URL": settings.amqp_url, "LIANDONG_MANAGEMENT_URL": settings.management_url}


def signs_in(shown: Ran, managed: Managed) -> bool:
    """Whether the user and password that a command showed open a connection."""
    user, password = (shown.out.partition(f"{word} ")[2].split()[0] for word in ("user", "password"))
    host, vhost = managed.url.rpartition("@")[2].split("/")
    connection = amqp.Connection(host, userid=user, password=password, virtual_host=vhost, login_method="PLAIN",
                                 connect_timeout=5)
    try:
        connection.connect()
        return True
    except (amqp.AMQPError, OSError):
        return False
    finally:
        connection.collect()


def test_a_queue_is_provisioned_rotated_replayed_looked_at_and_revoked(home: Path, managed: Managed) -> None:
    broker = told(managed, home)

    def agency(*words: str) -> Ran:
        return run("agency", *words, home=home, **broker)

    assert agency("provision", "nobody", *WHO).one_line == "Error: the register has no agency nobody today"
    first = agency("provision", HOUSING, *WHO)
    assert first.code == 0 and signs_in(first, managed), first.errors
    assert f"{HOUSING} has no subscription yet" in first.out
    assert "provisioned already" in agency("provision", HOUSING, *WHO).one_line
    second = agency("rotate", HOUSING, *WHO)
    assert signs_in(first, managed) and signs_in(second, managed)
    assert agency("rotate", HOUSING, "--finish", *WHO).code == 0
    assert not signs_in(first, managed) and signs_in(second, managed)
    assert "NO_ACTIVE_QUEUE" in agency("replay", HOUSING, "sharing", "--from", "1", *WHO).one_line
    with office_of("sharing", settings_from(environ(home))) as sharing, sharing.db.write() as tx:
        subscriptions.put(tx, Subscribed("s-1", HOUSING, QUEUE, (), ACTIVE))
    again = agency("replay", HOUSING, "sharing", "--from", "1", *WHO)
    assert again.code == 0 and re.search(r"sharing: \d+ of 1 to \d+ are sent to zhujian again", again.out), again.errors
    shown = agency("status").out
    assert re.search(rf"^{HOUSING}: subscription active, 0 of 100000 messages, 0 consumers, dropped \w+, users "
                     rf"rongcheng\.agency\.{HOUSING}\.2; sent up to", shown, re.M), shown
    its = json.loads(agency("status", "--json").out)["by_queue"][f"agency.{HOUSING}"]
    assert its.pop("sent").keys() <= set(SERVICES) and its.pop("dropped") in (None, 0)
    assert its == {"agency": HOUSING, "subscription": "active", "provisioned": True, "messages": 0, "most": 100000,
                   "consumers": 0, "users": [f"rongcheng.agency.{HOUSING}.2"], "alarms": []}
    assert agency("revoke", HOUSING, "--yes", *WHO).code == 0 and not signs_in(second, managed)
    assert f"{HOUSING}: ALARM no queue" in agency("status").out
    (its,) = json.loads(agency("status", "--json").out)["by_queue"].values()
    assert (its["provisioned"], its["alarms"]) == (False, [f"no queue: `liandong agency provision {HOUSING}`"])
    with office_of("sharing", settings_from(environ(home))) as sharing, sharing.db.read() as tx:
        kept = tx.exec_driver_sql("select what, subject, agency from access_log where what like 'agency %'").all()
    assert ("agency provision", HOUSING, "sifa") in kept and ("agency revoke", HOUSING, "sifa") in kept


def test_without_a_management_api_it_says_which_settings_it_needs(home: Path) -> None:
    assert "LIANDONG_MANAGEMENT_URL" in run("agency", "status", home=home).one_line
