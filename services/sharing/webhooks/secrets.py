"""The acts whose answer tells a webhook's secret: once, and never again."""

from dataclasses import replace
from typing import Any

from services.sharing.subscriptions.domain import CHAPTER
from services.sharing.webhooks import store
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import Done, Request


class Secrets:
    """`subscribe` and `rotate-secret` on sharing's office."""

    def __init__(self, office: Office) -> None:
        self._office, self._acts = office, office.acts[CHAPTER.path]

    def telling(self, name: str, command: Any, viewer: Viewer, request: Request) -> Done:
        """The act, and with its answer the newest secret of the webhook. The answer that is kept for a repeated request
        has none in it: whoever missed it changes it. Raises Refused."""
        secret = ""
        with self._acts.doing(name, viewer, request) as tx:
            done = self._acts.do_in(tx, name, command, viewer, request)
            if not done.replayed:
                secret = next(iter(store.secrets(tx, self._office.vault, done.case_id)), "")
        return replace(done, answer={**done.answer, "secret": secret}) if secret else done
