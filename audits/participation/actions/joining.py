"""How somebody begins to take part: on an own phone, with the code of a printed form, or on paper."""

import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from audits import tokens
from audits.methods import methods
from audits.models import Audit

from ..consent import TEXT_VERSION
from ..enums import Purpose
from ..models import Consent, Participant

CODE_PURPOSE = "personal-code"
# Later the form is an old page, in the hands of somebody else perhaps.
SAME_JOINING = timedelta(minutes=2)
# On a bad connection the answer is lost, and the button pressed again much later: by the same person, as long as
# nothing has come from whoever joined by that form.
SAME_UNUSED = timedelta(hours=1)


def code_hash(code: str) -> str:
    """The only form in which a personal code is kept."""
    return tokens.keyed_hash(tokens.normalised(code), CODE_PURPOSE)


def participant_by_code(*, audit: Audit, code: str) -> Participant | None:
    """Whose personal code this is, in this audit; None where it is nobody's. Callers limit the rate."""
    return Participant.objects.filter(audit=audit, code_hash=code_hash(code)).first()


def participant_of(code: str) -> Participant | None:
    """Whose personal code this is, in any audit; None where it is nobody's. Callers limit the rate."""
    return Participant.objects.select_related("audit__city").filter(code_hash=code_hash(code)).first()


def reserve(*, audit: Audit, language: str, joining: uuid.UUID | None = None) -> tuple[Participant, str]:
    """A participant for a printed form that nobody has taken yet, and the code to print on its tear-off.

    With `joining` (see `join`) whoever has joined by the same form just now, with the same code.
    """
    if joining is not None and (known := _of_form(audit, language, joining)):
        return known
    return _with_new_code(
        lambda code_hash: Participant.objects.create(audit=audit, language=language, code_hash=code_hash)
    )


def _of_form(audit: Audit, language: str, joining: uuid.UUID) -> tuple[Participant, str] | None:
    """The participant of a form, new or of its first press, and the code; None where it was sent too long ago."""
    code = tokens.code_from(f"{audit.uuid}:{joining}", "joining-code")
    identifier = uuid.UUID(tokens.keyed_hash(f"{audit.uuid}:{joining}", "joining")[:32])
    try:
        with transaction.atomic():
            fields = {"language": language, "code_hash": code_hash(code), "uuid": identifier}
            return Participant.objects.create(audit=audit, **fields), code
    except IntegrityError:
        just_now, unused = timezone.now() - SAME_JOINING, timezone.now() - SAME_UNUSED
        same = Q(joined_at__gte=just_now) | Q(joined_at__gte=unused, changes=None)
        participant = Participant.objects.filter(same, uuid=identifier).first()
        return (participant, code) if participant else None


def _with_new_code(store: Callable[[str], Participant]) -> tuple[Participant, str]:
    """What `store` made of the hash of a code that nobody has yet, and the code."""
    while True:
        code = tokens.new_code()
        try:
            with transaction.atomic():
                return store(code_hash(code)), code
        except IntegrityError:
            # The code is somebody's already (1 in 78,000,000,000 for each participant): draw another one.
            if not Participant.objects.filter(code_hash=code_hash(code)).exists():
                raise


def join(
    *,
    audit: Audit,
    language: str,
    given: Collection[Purpose],
    guardian: bool = False,
    group: str = "",
    gender: str = "",
    age_band: str = "",
    joining: uuid.UUID | None = None,
    text_version: str = TEXT_VERSION,
) -> tuple[Participant, str]:
    """Somebody takes part on an own phone. Returns the participant and the personal code, which is shown once.

    `joining` comes from the form: sent again within a few minutes, or within an hour while nothing was given, it is the
    same joining, with the same code, because whoever pressed twice sees the second answer alone; what the form says now
    holds. It is kept only as a keyed hash, like the code that follows from it. Raises ValueError without consent to
    taking part.
    """
    with transaction.atomic():
        participant, code = reserve(audit=audit, language=language, joining=joining)
        if participant.joined_at is None or not participant.changes.exists():
            earlier = consents_of(participant)
            take_up(
                participant=participant,
                language=language,
                given=given,
                guardian=guardian,
                group=group,
                gender=gender,
                age_band=age_band,
                text_version=text_version,
            )
            # What the first press agreed to, the second may not.
            refused = dict.fromkeys(earlier.keys() - set(given), False)
            give_consents(participant=participant, decisions=refused, language=language, text_version=text_version)
        return participant, code


@transaction.atomic
def take_up(
    *,
    participant: Participant,
    language: str,
    given: Collection[Purpose],
    guardian: bool = False,
    group: str = "",
    gender: str = "",
    age_band: str = "",
    text_version: str = TEXT_VERSION,
) -> None:
    """Whoever holds a printed form begins to take part on an own phone. Raises ValueError without consent."""
    if Purpose.TAKING_PART not in given:
        raise ValueError("Nobody takes part without having agreed to it.")
    participant.language = language
    participant.group, participant.gender, participant.age_band = group, gender, age_band
    participant.joined_at = participant.joined_at or timezone.now()
    participant.save(update_fields=["language", "group", "gender", "age_band", "joined_at"])
    give_consents(
        participant=participant,
        decisions=dict.fromkeys(given, True),
        language=language,
        guardian=guardian,
        text_version=text_version,
    )


@transaction.atomic
def join_on_paper(
    *,
    participant: Participant,
    decisions: Mapping[Purpose, bool],
    guardian: bool = False,
    group: str = "",
    gender: str = "",
    age_band: str = "",
    text_version: str = TEXT_VERSION,
) -> None:
    """What the head of a paper form says about who filled it in, as the team types it in.

    `decisions` are those that the paper asks for, `text_version` that of its words. Without consent to taking part the
    sheet is kept but counts nowhere: the participant has not joined. Called again it corrects what was typed; consents
    taken back become rows of their own.
    """
    participant.group, participant.gender, participant.age_band = group, gender, age_band
    takes_part = decisions[Purpose.TAKING_PART]
    participant.joined_at = (participant.joined_at or timezone.now()) if takes_part else None
    participant.save(update_fields=["group", "gender", "age_band", "joined_at"])
    give_consents(
        participant=participant,
        decisions=decisions,
        language=participant.language,
        guardian=guardian,
        on_paper=True,
        text_version=text_version,
    )


@transaction.atomic
def give_consents(
    *,
    participant: Participant,
    decisions: Mapping[Purpose, bool],
    language: str,
    guardian: bool = False,
    on_paper: bool = False,
    text_version: str = TEXT_VERSION,
) -> list[Consent]:
    """Records what somebody agrees to or takes back, one row per purpose, and returns the new rows.

    A decision that already holds adds no row; refusing what was never given neither. `guardian` says that a parent or
    guardian agrees; nobody needs one for taking something back. What rests on a consent that is taken back, the methods
    delete.
    """
    Participant.objects.select_for_update().get(pk=participant.pk)
    holds = consents_of(participant)
    rows = []
    for purpose, given in decisions.items():
        before = holds.get(purpose)
        same_guardian = before is None or before.guardian == guardian or not given
        if (before.given if before else False) == given and same_guardian:
            continue
        rows.append(
            Consent.objects.create(
                participant=participant,
                purpose=purpose,
                given=given,
                text_version=text_version,
                language=language,
                guardian=guardian and given,
                on_paper=on_paper,
            )
        )
    for row in rows:
        if not row.given:
            for method in methods():
                method.withdrawn(participant, row.purpose)
    return rows


def consents_of(participant: Participant) -> dict[Purpose, Consent]:
    """The latest row of each purpose; a purpose that was never decided is left out."""
    return {Purpose(consent.purpose): consent for consent in participant.consents.all()}


def renew_code(*, participant: Participant) -> str:
    """A new personal code for a printed form that nobody has taken yet; the code printed before ends.

    Raises ValueError once somebody has joined: their code is theirs alone.
    """
    if participant.joined_at is not None:
        raise ValueError("A code that somebody holds is never replaced.")

    def store(code_hash: str) -> Participant:
        participant.code_hash = code_hash
        participant.save(update_fields=["code_hash"])
        return participant

    _stored, code = _with_new_code(store)
    return code
