"""Searching and sorting texts in any script, without regard to case, accents and Arabic vowel signs, on both databases.

SQLite's LIKE folds ASCII letters only, and what PostgreSQL's ILIKE folds depends on the locale in which the
server was set up. `Fold` makes both sides of a comparison alike: `title__fold__contains=fold("училище")`. In the same
way the databases sort differently, SQLite "ž" and "a" behind "Z"; `order_by("title__alphabetical")` sorts alike on both.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db.backends.signals import connection_created
from django.db.models import CharField, Q, TextField, Transform
from django.dispatch import receiver

# Combining accents, Cyrillic titlo signs, Arabic vowel signs and tatweel: what a searcher does not type.
MARKS = r"[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670\u0640]"
_marks = re.compile(MARKS)


def fold(text: str) -> str:
    """The text in small letters, without accents: how two texts are compared in a search."""
    return _marks.sub("", unicodedata.normalize("NFKD", text)).lower()


# What stands before the first letter of a title and does not count: blanks, quotation marks, brackets.
OPENING = " \"'„“”‚‘’«»‹›(["


def alphabetical(text: str) -> str:
    """The key by which a list of names or titles is sorted, as a reader looks one up."""
    # The one letter of our languages that is not its base letter with an accent.
    return fold(text).replace("đ", "d").lstrip(OPENING)


def words(text: str) -> list[str]:
    """What is searched for: the folded words of what somebody typed, each of which has to be found."""
    return fold(text).split()


def holding(word: str, fields: Iterable[str]) -> Q:
    """The rows that hold a folded word in one of the fields."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__fold__contains": word})
    return found


@TextField.register_lookup
@CharField.register_lookup
class Fold(Transform):
    """The database's side of `fold`."""

    lookup_name = "fold"
    function = "FOLD"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        # The root collation of ICU folds every script, whatever the server's locale.
        return self.as_sql(
            compiler,
            connection,
            template=rf"LOWER(REGEXP_REPLACE(NORMALIZE(%(expressions)s, NFKD), '{MARKS}', '', 'g') "
            'COLLATE "und-x-icu")',
            **context,
        )


@TextField.register_lookup
@CharField.register_lookup
class Alphabetical(Transform):
    """The database's side of `alphabetical`."""

    lookup_name = "alphabetical"
    template = "LTRIM(REPLACE(%(expressions)s, 'đ', 'd'), '{}')".format(OPENING.replace("'", "''"))
    output_field = TextField()

    def __init__(self, expression, **extra):
        super().__init__(Fold(expression), **extra)

    def as_postgresql(self, compiler, connection, **context):
        # By code point, as SQLite and Python sort.
        return self.as_sql(compiler, connection, template=f'{self.template} COLLATE "C"', **context)


@receiver(connection_created)
def teach_sqlite(sender, connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "FOLD", 1, lambda text: None if text is None else fold(str(text)), deterministic=True
        )
