"""What every block is: a frozen dataclass, known by its name and kept as JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, dataclass_transform

from django.conf.locale import LANG_INFO

NODES: dict[str, type] = {}


@dataclass_transform(frozen_default=True)
def node(cls: type) -> type:
    """Makes the class a frozen dataclass that `to_dict` and `from_dict` know by its name."""
    cls = dataclass(frozen=True)(cls)
    NODES[cls.__name__] = cls
    return cls


def encode(value: Any) -> Any:
    """Returns a node and all below it as JSON-ready data; raises ValueError for what cannot stand in a tree."""
    if type(value).__name__ in NODES:
        return {"is": type(value).__name__} | {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [encode(part) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    # A lazy translation is refused too: which language it becomes would depend on who writes the tree.
    raise ValueError(f"{value!r} cannot stand in a document tree.")


def decode(value: Any) -> Any:
    """Returns the node that `encode` wrote; raises ValueError for an unknown or malformed one."""
    if isinstance(value, list):
        return tuple(decode(part) for part in value)
    if not isinstance(value, dict):
        return value
    cls = NODES.get(value.get("is", ""))
    if cls is None:
        raise ValueError(f"Unknown block: {value.get('is')!r}")
    try:
        return cls(**{name: decode(part) for name, part in value.items() if name != "is"})
    except TypeError as error:
        raise ValueError(f"{cls.__name__}: {error}") from error


def direction(language: str) -> str:
    """Returns "rtl" or "ltr" for a language code such as "ar" or "bg-BG"."""
    return "rtl" if LANG_INFO.get(language.split("-")[0].lower(), {}).get("bidi") else "ltr"
