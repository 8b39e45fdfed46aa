"""The client kit of Liandong (联动) for agencies' own systems: acts, feeds, queues, webhooks.

The queue's reader is in `liandong_client.queues` and needs the extra `queue`.
"""

from liandong_client.client import Client, Done
from liandong_client.errors import GapOpen, LiandongError, NewEpoch, NotVerified, Refusal, Refused, Unreachable
from liandong_client.events import Body, Event, event_of
from liandong_client.feed import SERVICES, Reader
from liandong_client.inbox import Inbox, Reconciled
from liandong_client.session import Login
from liandong_client.stores import FileStore, Place, SqliteStore, Store
from liandong_client.told import Told, told_by
from liandong_client.transport import Retries

__all__ = ["SERVICES", "Body", "Client", "Done", "Event", "FileStore", "GapOpen", "Inbox", "LiandongError", "Login",
           "NewEpoch", "NotVerified", "Place", "Reader", "Reconciled", "Refusal", "Refused", "Retries", "SqliteStore",
           "Store", "Told", "Unreachable", "event_of", "told_by"]
