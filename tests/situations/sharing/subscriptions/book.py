"""订阅（各机关业务系统接收事件）as its situations play it."""

from services.sharing.subscriptions import domain
from services.sharing.subscriptions.schemas import SUBSCRIPTIONS as SCHEMAS
from shared.acts.model import Act
from tests.situations.book import Book
from tests.situations.sharing.subscriptions.builders import BUILDERS, BY_SUITE, PATHS


def actor(_: Act, case: domain.Subscription | None) -> str:
    """Whose subscription it is."""
    return case.agency if case else "zjj"


SUBSCRIPTIONS = Book(
    chapter=domain.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    by_suite=BY_SUITE,
    refusals=domain.REFUSALS,
    modules=(domain,),
    actor=actor,
    views={"推送方式": lambda case: case.carrier, "事件类型": lambda case: list(case.types), "理由": lambda case: case.reason,
           "接收地址": lambda case: case.url, "密钥更换中": lambda case: case.rotating},
    among=True,
)
