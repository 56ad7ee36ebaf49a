"""Pictures and photographs."""

from __future__ import annotations

from .tree import node


@node
class Figure:
    """A picture with a numbered caption; `media` is its uuid."""

    media: str
    alt: str
    caption: str
    credit: str = ""
    key: str = ""
    short: str = ""
    number: int = 0


@node
class Place:
    """A numbered mark on a plan, in thousandths of its width and height from the left and from the top."""

    number: int
    x: int
    y: int


@node
class Plan:
    """A city plan with numbered marks; `width` and `height` are those of the picture. A table beside it says what each
    mark stands for.
    """

    media: str
    alt: str
    caption: str
    width: int
    height: int
    places: tuple[Place, ...] = ()
    credit: str = ""
    key: str = ""
    short: str = ""
    number: int = 0


@node
class Picture:
    """A participant's photograph, never without its credit line; `code` (P1) comes from numbering.

    `language` is that of title and text, where it may differ from the section, `alt_language` that of `alt`; one that is `tall` is shown whole where
    others fill a wide frame.
    """

    key: str
    media: str
    alt: str
    credit: str
    title: str = ""
    text: str = ""
    code: str = ""
    language: str = ""
    alt_language: str = ""
    tall: bool = False


@node
class Pictures:
    """One to three photographs arranged together: one wide; two beside each other; one large beside two small.

    `style` "row" puts up to three small ones beside each other, for long galleries.
    """

    pictures: tuple[Picture, ...]
    style: str = ""


@node
class GalleryPicture:
    """A photograph of a gallery, its author's own words in `language` where its caption is a translation, and the keys of
    the pictures `before` and `after` it."""

    picture: Picture
    original: str = ""
    language: str = ""
    before: str = ""
    after: str = ""


@node
class Gallery:
    """Photographs of a web page, each as large as the window once its link is followed. It is never printed."""

    pictures: tuple[GalleryPicture, ...]
