"""Everything that stands in the database, to prove that something stands nowhere in it."""

from django.db import connection


def everything_stored() -> str:
    """All rows of all tables as one text, session and cache tables included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(found)
