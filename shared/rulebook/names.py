"""The names a rulebook has given so far, so that a section can be held to those before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node

from shared.kernel.yaml_files import Page
from shared.rulebook.model import Article, ChapterOfLaw, Choice, EventName, Ground, Law, Source

STANDING = ("justice", "government_office", "discipline")
SERVICES = ("collab", "joint", "transfer", "sharing", "oversight", "desk")


@dataclass(slots=True)
class Names:
    """Everything that a later section may name. Each method says what is wrong at the node."""

    page: Page
    laws: Mapping[str, Law] = field(default_factory=dict)
    chapters: Mapping[str, ChapterOfLaw] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    parties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    switches: set[str] = field(default_factory=set)                 # the settings that an event hangs on
    events: Mapping[str, EventName] = field(default_factory=dict)
    grounds: Mapping[str, Ground] = field(default_factory=dict)

    def source(self, node: Node | None) -> Source:
        """`"22"`, `internal`, or `{law: 行政处罚法, article: "60"}`: each must exist."""
        if node is None:
            return Source(internal=True)
        if not isinstance(node, MappingNode):
            name = self.page.text(node)
            return Source(internal=True) if name == "internal" else Source(article=self.article(node))
        found = self.page.fields(node, "law article")
        law, article = self.page.text(found.get("law")), self.page.text(found.get("article"))
        if law not in self.laws:
            self.page.wrong(node, f"laws 中没有“{law}”", f"no law {law!r} among laws")
        elif article not in self.laws[law].articles:
            self.page.wrong(node, f"laws 中《{law}》没有列第 {article} 条", f"{law} has no article {article!r} here")
        return Source(article=article, law=law)

    def article(self, node: Node | None) -> str:
        """An article or annex of the regulation."""
        name = self.page.text(node)
        if node is not None and name not in self.articles:
            self.page.wrong(node, f"办法没有“{name}”这一条", f"the regulation has no article {name!r}")
        return name

    def service(self, node: Node, name: str) -> str:
        """The service a dotted name begins with."""
        service = name.partition(".")[0]
        if service not in SERVICES:
            self.page.wrong(node, f"“{name}”的开头不是服务名：{'、'.join(SERVICES)}", f"{name!r} begins with no service")
        return service

    def event(self, node: Node) -> str:
        """An event of the `events` section, written `<service>.<event>`."""
        name = self.page.text(node)
        if name.count(".") != 1:
            self.page.wrong(node, f"事件“{name}”应写作 服务.事件，如 transfer.announced", f"{name!r} is not <service>.<event>")
        elif name not in self.events:
            self.page.wrong(node, f"events 中没有事件“{name}”", f"no event {name!r} among events")
        return name

    def part(self, node: Node | None, service: str) -> str:
        """A part in the cases of a service, or a standing one."""
        name = self.page.text(node)
        known = (*self.parties.get(service, {}), *STANDING)
        if node is not None and name not in known:
            self.page.wrong(node, f"“{name}”不是 {service} 的当事机关角色：{'、'.join(known)}",
                            f"{name!r} is no part in {service}")
        return name
