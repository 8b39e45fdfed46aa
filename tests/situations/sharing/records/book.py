"""第二十七条 执法档案 as its situations play it."""

from services.sharing import records
from services.sharing.schemas_records import SCHEMAS
from tests.situations.book import Book
from tests.situations.sharing.records.builders import BUILDERS, PATHS

RECORDS = Book(
    chapter=records.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=records.REFUSALS,
    modules=(records,),
    actor=lambda act, case: "zhzf",
    views={"类别": lambda delivery: dict(delivery.categories)},
    among=True,
)
