"""The addresses of an app: matched by every request, built by none."""

from collections.abc import Callable

from flask import Flask
from werkzeug.routing import Rule


class UnbuiltRule(Rule):
    """Compiles how an address is built from it when somebody first builds one, which is never. Werkzeug does so at
    once, twice a rule: half of what making an app takes."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = super()._compile_builder
        return lambda rule, **values: compiled(append_unknown)(rule, **values)


class App(Flask):
    """An app whose rules are made quickly."""

    url_rule_class = UnbuiltRule
