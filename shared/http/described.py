"""A blueprint that serves at once and is described when the OpenAPI document is asked for.

flask-smorest copies what is said of a route three times while an app is made; a service has a hundred routes, and most
processes never write the document.
"""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

import flask
import flask_smorest

View = Callable[..., Any]


class Routes(flask.Blueprint):
    """Routes of one part of a service's API, under `url_prefix`."""

    def __init__(self, name: str, import_name: str, *, url_prefix: str, description: str) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix)
        self._description = description
        self._rules: list[tuple[str, str, View, dict[str, Any]]] = []

    def doc(self, **said: Any) -> Callable[[View], View]:
        """Says of a view what its operation in OpenAPI is; whoever decorates it comes before the route."""
        def described(view: View) -> View:
            told = partial(view)
            update_wrapper(told, view)
            told.said = said            # type: ignore[attr-defined]
            return told
        return described

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: View | None = None,
                     provide_automatic_options: bool | None = None, **options: Any) -> None:
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
        if view_func is not None:
            self._rules.append((rule, endpoint or view_func.__name__, view_func, options))

    def documented(self) -> flask_smorest.Blueprint:
        """The same routes for flask-smorest, each with what is said of it."""
        beside = flask_smorest.Blueprint(self.name, self.import_name, url_prefix=self.url_prefix,
                                         description=self._description)
        for rule, endpoint, view, options in self._rules:
            beside.add_url_rule(rule, endpoint, beside.doc(**getattr(view, "said", {}))(view), **options)
        return beside
