"""Access to photos, their ledger and the review: raw personal material, for those who run photovoice."""

from tests.access import row, slug
from tests.factories import ActivityFactory, ParticipantFactory, PhotoFactory, RemarkFactory, WrapUpCategoryFactory


def an_activity(world):
    return ActivityFactory(audit=world.audit).uuid


def a_photo(world, **fields):
    return PhotoFactory(activity=world.audit.photo_activities.get(), **fields).uuid


def a_photo_of_the_team(world):
    return a_photo(world, source="team")


def a_translated_photo(world):
    photo = PhotoFactory(activity=world.audit.photo_activities.get())
    photo.translations.create(language="bg", title="Заглавие")
    return photo.uuid


def a_category(world):
    return WrapUpCategoryFactory(guide=world.audit.photo_activities.get().guide).uuid


def a_remark(world):
    activity = world.audit.photo_activities.get()
    category = WrapUpCategoryFactory(guide=activity.guide)
    return RemarkFactory(activity=activity, category=category).uuid


def a_remark_of_a_participant(world):
    activity = world.audit.photo_activities.get()
    category = WrapUpCategoryFactory(guide=activity.guide)
    person = ParticipantFactory(audit=world.audit)
    return RemarkFactory(activity=activity, category=category, participant=person).uuid


def the_category(world):
    return str(world.audit.photo_activities.get().guide.wrap_up_categories.get().pk)


#           anon  part  coor faci rese part revi view outs admin
RUN = "     login login 200  200  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"
AGAIN = "   401   401   200  200  403  403  404  403  404  404"

HERE = {"audit": slug, "activity": an_activity}
ONE = {**HERE, "photo": a_photo}

ROWS = {
    "photovoice:gallery": row(RUN, **HERE),
    "photovoice:gallery POST": row(SENT, **HERE, data={"language": "en"}),
    "photovoice:places": row(RUN, **HERE),
    "photovoice:photo": row(RUN, **ONE),
    "photovoice:photo POST": row(SENT, **ONE, data={"alt": "A queue", "people": "none"}),
    "photovoice:photo-late POST": row(SENT, **ONE, data={"decision": "refuse"}),
    "photovoice:photo-rights": row(RUN, **HERE, photo=a_photo_of_the_team),
    "photovoice:photo-rights POST": row(SENT, **HERE, photo=a_photo_of_the_team, data={"use": "report"}),
    "photovoice:photo-translation": row(RUN, **ONE, language="bg"),
    "photovoice:photo-translation POST": row(SENT, **ONE, language="bg", data={"title": "Опашка"}),
    "photovoice:photo-translation-delete": row(RUN, **HERE, photo=a_translated_photo, language="bg"),
    "photovoice:photo-translation-delete POST": row(SENT, **HERE, photo=a_translated_photo, language="bg"),
    "photovoice:photo-hide": row(RUN, **ONE),
    "photovoice:photo-hide POST": row(SENT, **ONE, data={"hidden_reason": "Not of this city"}),
    "photovoice:photo-delete": row(RUN, **ONE),
    "photovoice:photo-delete POST": row(SENT, **ONE),
    "photovoice:photo-place": row(RUN, **ONE),
    "photovoice:photo-place POST": row(SENT, **ONE, data={"remove": "1"}),
    "photovoice:photo-blur": row(RUN, **ONE),
    "photovoice:photo-blur POST": row(AGAIN, **ONE, data={"boxes": "no numbers"}),
    "photovoice:review": row(RUN, **HERE),
    "photovoice:review-phones POST": row(SENT, **HERE),
    "photovoice:show": row(RUN, **HERE),
    "photovoice:category": row(RUN, **HERE, category=a_category),
    "photovoice:category POST": row(SENT, **HERE, category=a_category, data={"text": "Said", "category": the_category}),
    "photovoice:remark": row(RUN, **HERE, remark=a_remark),
    "photovoice:remark POST": row(
        SENT, **HERE, remark=a_remark, data={"text": "Said", "category": the_category, "version": 1}
    ),
    "photovoice:remark-delete": row(RUN, **HERE, remark=a_remark),
    "photovoice:remark-delete POST": row(SENT, **HERE, remark=a_remark),
    "photovoice:remark-hide": row(RUN, **HERE, remark=a_remark_of_a_participant),
    "photovoice:remark-hide POST": row(
        SENT, **HERE, remark=a_remark_of_a_participant, data={"hidden_reason": "It names a person"}
    ),
    "photovoice:sort POST": row(SENT, **ONE, data={"undo": "1"}),
}
