"""What the database itself holds against a change of the journal: triggers on both back ends, grants on PostgreSQL.

Migrations run `statements`; the tables must be there. A refused change raises IntegrityError on both back ends.
A detail may be deleted only after `journal_erasure` names it, on PostgreSQL by the eraser's role alone. Whoever owns
the tables can drop the triggers: so on PostgreSQL a service's role never owns them, and `verify` finds the rest.
"""

from sqlalchemy.engine import Connection

_INSERT_ONLY = ("journal", "journal_audience", "journal_erasure", "checkpoint")
_SAME = {                             # when a row to be inserted is there already
    "journal": "position = NEW.position OR id = NEW.id",
    "journal_detail": "position = NEW.position",
    "journal_audience": "agency = NEW.agency AND position = NEW.position",
    "journal_erasure": "position = NEW.position",
    "checkpoint": "to_position = NEW.to_position",
    "journal_head": "id = NEW.id",
}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for a dialect, one at a time, safe to run again."""
    return _POSTGRESQL if dialect == "postgresql" else _SQLITE


def install(tx: Connection) -> None:
    """Runs them in the caller's transaction."""
    for statement in statements(tx.dialect.name):
        # psycopg reads `%` as a placeholder wherever it is given parameters, even none
        tx.exec_driver_sql(statement, execution_options={"no_parameters": True})


def grants(role: str, eraser: str) -> tuple[str, ...]:
    """PostgreSQL: what a service's role and the role that erases may do to the journal, and no more.

    Both may read and append; only the head may be changed, and only the eraser deletes a detail. Run by the owner.
    """
    service, erasing = _quoted(role), _quoted(eraser)
    both = f"{service}, {erasing}"
    tables = ", ".join(_SAME)
    return (
        f"REVOKE ALL ON {tables} FROM PUBLIC, {both}",
        f"GRANT SELECT, INSERT ON journal, journal_detail, journal_audience, checkpoint TO {both}",
        f"GRANT SELECT, INSERT, UPDATE ON journal_head TO {both}",
        f"GRANT SELECT ON journal_erasure TO {service}",
        f"GRANT SELECT, INSERT ON journal_erasure TO {erasing}",
        f"GRANT DELETE ON journal_detail TO {erasing}",
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _pg_refusing(table: str, what: str) -> tuple[str, str]:
    name = f"{table}_append_only"
    return (f"CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$""",
    """CREATE OR REPLACE FUNCTION journal_erasing() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM journal_erasure WHERE position = OLD.position) THEN
            RAISE EXCEPTION 'append-only: a detail is deleted only by erasure' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END $$""",
    *(statement for table in _INSERT_ONLY for statement in _pg_refusing(table, "UPDATE OR DELETE OR TRUNCATE")),
    *_pg_refusing("journal_detail", "UPDATE OR TRUNCATE"),
    *_pg_refusing("journal_head", "DELETE OR TRUNCATE"),
    "CREATE OR REPLACE TRIGGER journal_detail_erasing BEFORE DELETE ON journal_detail "
    "FOR EACH ROW EXECUTE FUNCTION journal_erasing()",
    "ALTER TABLE journal_detail ENABLE ALWAYS TRIGGER journal_detail_erasing",
    "CREATE OR REPLACE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head FOR EACH ROW "
    "WHEN (NEW.position < OLD.position OR NEW.id <> OLD.id) EXECUTE FUNCTION journal_refuse()",
    "ALTER TABLE journal_head ENABLE ALWAYS TRIGGER journal_head_forward",
)


def _lite(table: str, what: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what.lower()} BEFORE {what} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {what} of {table} is refused'); END")


def _lite_no_replace(table: str) -> str:
    """INSERT OR REPLACE deletes without a delete trigger: a key that is there is refused before it comes to that."""
    return _lite(table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]})")


_SQLITE = (
    *(_lite(table, what) for table in _INSERT_ONLY for what in ("UPDATE", "DELETE")),
    *(_lite_no_replace(table) for table in _SAME),
    _lite("journal_detail", "UPDATE"),
    _lite("journal_detail", "DELETE", "NOT EXISTS (SELECT 1 FROM journal_erasure WHERE position = OLD.position)"),
    _lite("journal_head", "DELETE"),
    _lite("journal_head", "UPDATE", "NEW.position < OLD.position OR NEW.id <> OLD.id"),
)
