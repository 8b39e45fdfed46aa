"""The tables of chapter 2: plans with their tasks, and the numbers (文号) of their documents."""

import sqlalchemy as sa

from shared.plans.store import plan_tables

TABLES = sa.MetaData()
PLANS = plan_tables("collab", TABLES)
