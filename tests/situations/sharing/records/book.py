"""第二十七条 执法档案 as its situations play it."""

from services.sharing.archive import domain
from services.sharing.archive.schemas import SCHEMAS
from tests.situations.book import Book
from tests.situations.sharing.records.builders import BUILDERS, PATHS

RECORDS = Book(
    chapter=domain.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=domain.REFUSALS,
    modules=(domain,),
    actor=lambda act, case: "zhzf",
    views={"类别": lambda delivery: dict(delivery.categories)},
    among=True,
)
