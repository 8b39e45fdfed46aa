"""What a situation says that an agency sees of the case."""

from collections.abc import Mapping
from typing import Any

from shared.acts.model import Rank, Viewer
from tests.situations.book import Book
from tests.situations.city import CODES, REGISTER


def seen(book: Book, case: Any, row: Mapping[str, Any]) -> None:
    """What the leader of an agency sees of the case: nothing at all, or its state there and what the book's views
    show."""
    view = book.chapter.seen(case, Viewer(CODES[row["seen_by"]], Rank.LEADER), REGISTER)
    assert (view is None) == row.get("nothing", False), f"{row['seen_by']}看到的是{view}"
    if "state" in row:
        assert book.chapter.states[view.state] == row["state"], f"{row['seen_by']}看到的状态是{view.state}"
    for name, said in row.get("shows", {}).items():
        shown = book.views[name](view)
        assert shown == said, f"{row['seen_by']}看到的{name}是{shown}"
