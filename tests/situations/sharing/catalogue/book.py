"""第二十六条 信息资源目录 as its situations play it."""

from services.sharing import catalogue
from services.sharing.schemas_catalogue import CATALOGUE as SCHEMAS
from tests.situations.book import Book
from tests.situations.sharing.catalogue.builders import BUILDERS, PATHS

CATALOGUE = Book(
    chapter=catalogue.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=catalogue.REFUSALS,
    modules=(catalogue,),
    actor=lambda act, case: case.agency if case else "zjj",
    views={"版本": lambda entry: [[each.number, each.agency, each.content.rhythm, each.on] for each in entry.versions],
           "数据截止日期": lambda entry: entry.data_on},
    among=True,
)
