"""What comes in over HTTP of chapter 6, by the path of each part and its acts."""

from collections.abc import Mapping

from services.oversight import (
    schemas_accountability,
    schemas_conferences,
    schemas_filings,
    schemas_supervision,
    schemas_task_reports,
)
from shared.forms.schemas import ActSchema

SCHEMAS: Mapping[str, Mapping[str, type[ActSchema]]] = {
    "filings": schemas_filings.SCHEMAS, "task-reports": schemas_task_reports.SCHEMAS,
    "supervision": schemas_supervision.SCHEMAS, "conferences": schemas_conferences.SCHEMAS,
    "accountability": schemas_accountability.SCHEMAS}
