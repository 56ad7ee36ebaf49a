"""The block tree of a document: what a report or a walk pack says, free of how it looks.

Every class here is a frozen dataclass that survives JSON (`to_dict`, `from_dict`). Texts are already in the
document's language; numbers are raw, because each writer formats them by the language of the passage
(decimal comma or point).

Plain texts may refer to other parts of the document as `[[key]]`: the writers put the number or code of
that part there ("F12", "Table 3", "[4]") as a link. Codes and numbers themselves are given by
`numbering.number`.
"""

from .diagrams import Body, Governance, Legend, Line, Spoke, Tier, Wheel
from .forms import Cards, FormChoice, FormFields, FormItem, FormSection, FormSheet, PaperForm
from .frame import VERSION, Area, Cover, CoverScore, Document, Logo, Section, from_dict, to_dict
from .passages import Passage, passage
from .pictures import Figure, Gallery, GalleryPicture, Picture, Pictures, Place, Plan
from .post import Letter
from .posters import Beside, Poster, Square
from .references import Contents, ListOfFigures, References, Source
from .results import (
    Aspect,
    Comparison,
    ComparisonRow,
    Extremes,
    Glance,
    GlanceRow,
    Item,
    ItemsTable,
    Panel,
    Series,
    SmallMultiples,
)
from .tables import Areas, Bar, Column, Level, Number, Points, Row, Table
from .texts import (
    Bullets,
    Finding,
    NotCarriedOut,
    Paragraph,
    Quote,
    Recommendation,
    RichText,
    Suppressed,
)
from .tree import NODES, direction

__all__ = [
    "NODES",
    "VERSION",
    "Area",
    "Areas",
    "Aspect",
    "Bar",
    "Beside",
    "Body",
    "Bullets",
    "Cards",
    "Column",
    "Comparison",
    "ComparisonRow",
    "Contents",
    "Cover",
    "CoverScore",
    "Document",
    "Extremes",
    "Figure",
    "Finding",
    "FormChoice",
    "FormFields",
    "FormItem",
    "FormSection",
    "FormSheet",
    "Gallery",
    "GalleryPicture",
    "Glance",
    "GlanceRow",
    "Governance",
    "Item",
    "ItemsTable",
    "Legend",
    "Letter",
    "Level",
    "Line",
    "ListOfFigures",
    "Logo",
    "NotCarriedOut",
    "Number",
    "Panel",
    "PaperForm",
    "Paragraph",
    "Passage",
    "Picture",
    "Pictures",
    "Place",
    "Plan",
    "Points",
    "Poster",
    "Quote",
    "Recommendation",
    "References",
    "RichText",
    "Row",
    "Section",
    "Series",
    "SmallMultiples",
    "Source",
    "Spoke",
    "Square",
    "Suppressed",
    "Table",
    "Tier",
    "Wheel",
    "direction",
    "from_dict",
    "passage",
    "to_dict",
]
