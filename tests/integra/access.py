"""Access to the pages that belong to no room."""

from tests.access import row

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"

ROWS = {
    "healthz": row(EVERYBODY),
    "help": row(EVERYBODY),
    "privacy": row(EVERYBODY),
    "accessibility": row(EVERYBODY),
    "set_language": row("302 302 302 302 302 302 302 302 302 302"),
    "set_language POST": row("302 302 302 302 302 302 302 302 302 302", data={"language": "bg"}),
}
