from .joining import enter_join_code, enter_personal_code, go_on, join, leave, places, receipt, receipt_picture
from .rights import agreed, city, erased, held, take_back

__all__ = [
    "agreed",
    "city",
    "enter_join_code",
    "enter_personal_code",
    "erased",
    "go_on",
    "held",
    "join",
    "leave",
    "places",
    "receipt",
    "receipt_picture",
    "take_back",
]
