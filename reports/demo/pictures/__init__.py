"""The photos of the demo: scenes of a city that does not exist, drawn by code. Nobody has sat for them."""

from __future__ import annotations

from . import indoors, outdoors
from .canvas import Canvas

SCENES = indoors.SCENES | outdoors.SCENES


def draw(scene: str, variant: int, light: str, *, tall: bool = False) -> bytes:
    """A JPEG of the scene; the same words give the same picture. Raises KeyError for a scene or light that is not there."""
    canvas = Canvas(light, seed=f"{scene} {variant} {light}", tall=tall)
    SCENES[scene](canvas, variant)
    return canvas.jpeg()
