"""What comes in over HTTP of chapter 6, by the path of each part and its acts."""

from collections.abc import Mapping

from services.oversight.accountability import schemas as schemas_accountability
from services.oversight.conferences import schemas as schemas_conferences
from services.oversight.filings import schemas as schemas_filings
from services.oversight.supervision import schemas as schemas_supervision
from services.oversight.task_reports import schemas as schemas_task_reports
from shared.forms.schemas import ActSchema

SCHEMAS: Mapping[str, Mapping[str, type[ActSchema]]] = {
    "filings": schemas_filings.SCHEMAS, "task-reports": schemas_task_reports.SCHEMAS,
    "supervision": schemas_supervision.SCHEMAS, "conferences": schemas_conferences.SCHEMAS,
    "accountability": schemas_accountability.SCHEMAS}
