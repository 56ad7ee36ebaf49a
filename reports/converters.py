"""Parts of the report's addresses."""

from . import outline


class Language:
    """A language code of two letters."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SectionKey:
    """A section of the outline that has a page of its own."""

    regex = "[a-z][a-z_0-9]{2,}"

    def to_python(self, value: str) -> str:
        """Raises ValueError, and so answers 404, for anything else."""
        entry = outline.ENTRIES.get(value)
        if entry is None or entry.entries or value == "toc":
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value
