"""The chapters that are played, each with a folder of situations of its service's name."""

from collections.abc import Mapping

from tests.situations.book import Book
from tests.situations.collab.book import COLLAB
from tests.situations.joint.book import JOINT
from tests.situations.oversight.accountability import ACCOUNTABILITY
from tests.situations.oversight.conferences import CONFERENCES
from tests.situations.oversight.supervision.book import SUPERVISION
from tests.situations.oversight.task_reports import TASK_REPORTS
from tests.situations.sharing.agencies.book import AGENCIES
from tests.situations.sharing.catalogue.book import CATALOGUE
from tests.situations.sharing.holds.book import HOLDS
from tests.situations.sharing.queries.book import QUERIES
from tests.situations.sharing.records.book import RECORDS
from tests.situations.sharing.subscriptions.book import SUBSCRIPTIONS
from tests.situations.sharing.tips.book import TIPS
from tests.situations.transfer.book import TRANSFER

BOOKS: Mapping[str, Book] = {book.name: book for book in (TRANSFER, COLLAB, JOINT, CATALOGUE, QUERIES, TIPS, RECORDS,
                                                         AGENCIES,
                                                         HOLDS, SUBSCRIPTIONS, TASK_REPORTS, SUPERVISION, CONFERENCES,
                                                         ACCOUNTABILITY)}
