"""What comes in over HTTP of chapter 6, by the path of each part and its acts."""

from collections.abc import Mapping

from services.oversight.accountability import schemas as accountability_schemas
from services.oversight.conferences import schemas as conferences_schemas
from services.oversight.filings import schemas as filings_schemas
from services.oversight.supervision import schemas as supervision_schemas
from services.oversight.task_reports import schemas as task_reports_schemas
from shared.forms.schemas import ActSchema

SCHEMAS: Mapping[str, Mapping[str, type[ActSchema]]] = {
    "filings": filings_schemas.SCHEMAS, "task-reports": task_reports_schemas.SCHEMAS,
    "supervision": supervision_schemas.SCHEMAS, "conferences": conferences_schemas.SCHEMAS,
    "accountability": accountability_schemas.SCHEMAS}
