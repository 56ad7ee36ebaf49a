from .call import WalkCall
from .instrument import Checklist, Item, Section
from .sheet import Score, Sheet, SheetEvent, SheetPlace, SheetUpload
from .walk import CityWalk, CityWalkQuerySet, ConsensusNote, ImprovementIdea, WalkEvent, WalkPlace

__all__ = [
    "Checklist",
    "CityWalk",
    "CityWalkQuerySet",
    "ConsensusNote",
    "ImprovementIdea",
    "Item",
    "Score",
    "Section",
    "Sheet",
    "SheetEvent",
    "SheetPlace",
    "SheetUpload",
    "WalkCall",
    "WalkEvent",
    "WalkPlace",
]
