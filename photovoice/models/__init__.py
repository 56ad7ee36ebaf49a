from .activity import Activity, ActivityEvent, ActivityQuerySet, InvitationText, ThemeWording
from .call import ActivityCall
from .instrument import Instruction, PhotovoiceGuide, Theme, UploadOption, WrapUpCategory
from .photo import CaptionTranslation, Photo, PhotoQuerySet, PhotoRights, RightsRequest
from .review import Placement, Remark, Vote

__all__ = [
    "Activity",
    "ActivityCall",
    "ActivityEvent",
    "ActivityQuerySet",
    "CaptionTranslation",
    "Instruction",
    "InvitationText",
    "Photo",
    "PhotoQuerySet",
    "PhotoRights",
    "PhotovoiceGuide",
    "Placement",
    "Remark",
    "RightsRequest",
    "Theme",
    "ThemeWording",
    "UploadOption",
    "Vote",
    "WrapUpCategory",
]
