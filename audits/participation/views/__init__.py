from .joining import enter_join_code, enter_personal_code, go_on, join, leave, receipt, receipt_picture
from .rights import agreed, city, held, take_back

__all__ = [
    "agreed",
    "city",
    "enter_join_code",
    "enter_personal_code",
    "go_on",
    "held",
    "join",
    "leave",
    "receipt",
    "receipt_picture",
    "take_back",
]
