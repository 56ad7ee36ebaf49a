"""The list of the team's texts that repeat words which nobody may repeat."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.participation.actions import Incoming, accept, erase, give_consents, to_mend
from audits.participation.enums import Purpose
from benchmarks.models import CommitmentStance, FeedbackSession, PeerConclusions, QuestionAnswer
from checklists.models import ConsensusNote, ImprovementIdea, Score
from deskresearch.models import DocumentRating, Research
from photovoice.actions import hide_remark
from tests import factories
from tests.photovoice import album

pytestmark = pytest.mark.django_db

WORDS = "Nobody in the town hall could tell me where to go"


@pytest.fixture
def audit():
    return factories.AuditFactory()


def commented(audit, words, *agreed):
    """Somebody who wrote these words on a sheet."""
    person = factories.ParticipantFactory(audit=audit)
    decisions = dict.fromkeys((Purpose.TAKING_PART, *agreed), True)
    give_consents(participant=person, decisions=decisions, language="en")
    sheet = factories.SheetFactory(walk__audit=audit, participant=person)
    item = factories.ItemFactory(section__checklist=sheet.walk.checklist)
    Score.objects.create(sheet=sheet, item=item, value=3, comment=words)
    return person


def listed(audit):
    return [one.text for one in to_mend(audit)]


def test_words_of_somebody_who_never_agreed_to_be_quoted_are_listed(audit):
    commented(audit, "The library is warm and everybody is welcome there", Purpose.QUOTATION)
    commented(audit, WORDS)
    factories.FindingFactory(audit=audit, text="The library is warm and everybody is welcome there.")
    finding = factories.FindingFactory(audit=audit, text=f"One says: “{WORDS}”.")
    assert listed(audit) == [f"{finding.code} repeats words that may not be quoted"]


def test_captions_are_listed_once_their_photos_may_not_be_published(audit):
    author = album.person(audit)
    album.photo(album.activity(audit), author, text="The only lamp of the whole street, at night.")
    finding = factories.FindingFactory(audit=audit, text="Dark: “the only lamp of the whole street, at night”.")
    assert listed(audit) == []
    give_consents(participant=author, decisions={Purpose.PUBLICATION: False}, language="en")
    assert listed(audit) == [f"{finding.code} repeats words that may not be quoted"]


@pytest.mark.parametrize("content", ["comment", "text"])
def test_words_that_were_corrected_since_are_listed_and_struck_too(audit, content):
    if content == "comment":
        person = commented(audit, "Not good")
        subject = person.sheets.get().subject
    else:
        person = factories.ParticipantFactory(audit=audit)
        subject = album.photo(album.activity(audit), person).subject
    before = Incoming(uuid=uuid.uuid4(), sequence=1, part="", content={content: WORDS})
    accept(audit=audit, subject=subject, device=uuid.uuid4(), changes=[before], participant=person)
    finding = factories.FindingFactory(audit=audit, text=f"One says: “{WORDS}”.")
    assert listed(audit) == [f"{finding.code} repeats words that may not be quoted"]
    erase(person)
    finding.refresh_from_db()
    assert finding.text == "One says: “[…]”."


def test_remark_of_the_team_goes_with_the_photo_whose_caption_it_repeats(audit):
    author = album.person(audit)
    photo = album.photo(album.activity(audit), author, text=WORDS)
    factories.RemarkFactory(activity=photo.activity, photo=photo, text=f"Sad: “{WORDS}”.")
    erase(author)
    assert not photo.activity.remarks.exists()


def copied(audit, words):
    """Rows of all methods into which the team has copied these words."""
    walk = factories.CityWalkFactory(audit=audit)
    item = factories.ItemFactory(section__checklist=walk.checklist)
    judgement = factories.JudgementFactory(assessed__assessment__audit=audit, reasoning=words)
    question = factories.GuideQuestionFactory(factor=judgement.assessed.factor)
    commitment = factories.CharterCommitmentFactory()
    research = Research.objects.filter(audit=audit).first() or factories.ResearchFactory(audit=audit)
    asked = factories.ResearchQuestionFactory(step__guide=research.guide)
    speaker = factories.ParticipantFactory(audit=audit)
    document = factories.DocumentFactory(audit=audit)
    return [
        factories.FindingCommentFactory(finding__audit=audit, text=words),
        factories.MeasureProgressFactory(measure__audit=audit, note=words),
        ConsensusNote.objects.create(walk=walk, item=item, text=words),
        ImprovementIdea.objects.create(walk=walk, section=item.section, text=words),
        factories.RemarkFactory(activity__audit=audit, text=words),
        judgement,
        QuestionAnswer.objects.create(judgement=judgement, question=question, text=words),
        factories.EvidenceFactory(judgement=judgement, text=words),
        CommitmentStance.objects.create(audit=audit, commitment=commitment, text=words),
        factories.AnswerFactory(research=research, question=asked, text=words),
        factories.InstitutionFactory(audit=audit, mandate=words),
        Score.objects.create(sheet=factories.SheetFactory(walk=walk), item=item, comment="Bad", hidden_reason=words),
        factories.PhotoFactory(activity__audit=audit, participant=None, hidden_reason=words),
        factories.RemarkFactory(activity__audit=audit, participant=speaker, hidden_reason=words),
        DocumentRating.objects.create(document=document, point="rights", value="yes", reason=words),
        factories.ProvisionFactory(document=document, text=words),
    ]


def test_reason_for_hiding_out_of_which_words_were_struck_is_listed_until_it_is_given_anew(audit):
    person = commented(audit, WORDS)
    speaker = factories.ParticipantFactory(audit=audit)
    remark = factories.RemarkFactory(activity__audit=audit, participant=speaker, hidden_reason=f"“{WORDS}”")
    erase(person)
    assert listed(audit) == [
        f"{remark.activity}: why it is hidden: words or evidence of somebody were taken out; read it again"
    ]
    hide_remark(remark=remark, reason="Somebody’s words", by=factories.UserFactory())
    assert listed(audit) == []


def test_copies_in_texts_of_all_methods_are_listed_and_struck(audit, client):
    person = commented(audit, WORDS)
    rows = copied(audit, f"One says: “{WORDS}”.")
    found = to_mend(audit)
    assert len(found) == len(rows), [one.text for one in found]
    user = factories.MembershipFactory(audit=audit, role="coordinator").user
    client.force_login(user)
    for one in found:
        assert "Nobody in the town hall" in client.get(one.url).content.decode(), one

    # What the peers hold is theirs until they release it, and no more written then: struck, but not listed.
    assessed = rows[5].assessed
    review = factories.PeerReviewFactory(assessment=assessed.assessment)
    rows += [
        factories.PeerJudgementFactory(review=review, assessed=assessed, reasoning=f"“{WORDS}”"),
        factories.InterviewEvidenceFactory(review=review, text=f"“{WORDS}”"),
        PeerConclusions.objects.create(review=review, recommendations=f"“{WORDS}”"),
        FeedbackSession.objects.create(review=review, text=f"“{WORDS}”"),
    ]
    assert len(to_mend(audit)) == len(found)
    erase(person)
    for row in rows:
        assert not any(WORDS in str(value) for value in type(row).objects.filter(pk=row.pk).values().get().values()), (
            row
        )


def test_list_asks_as_often_for_30_people_as_for_three(audit):
    counts = []
    for number in (3, 27):
        for place in range(number):
            words = f"{number} and {place}: {WORDS}"
            commented(audit, words)
            factories.FindingFactory(audit=audit, text=words)
            copied(audit, words)
            group = factories.FocusGroupFactory(audit=audit)
            factories.NoteFactory(group=group, seat=factories.SeatFactory(group=group), text=words)
            factories.CodeFactory(audit=audit, definition=words)
        with CaptureQueriesContext(connection) as queries:
            found = to_mend(audit)
        counts.append((len(found), len(queries)))
    (few, asked), (many, again) = counts
    assert (few, many) == (54, 540)
    # One for each kind of text: ratings and provisions of documents are two of them.
    assert asked == again == 40, [query["sql"][:90] for query in queries]


def test_nothing_is_read_of_people_who_agree_to_everything(audit, django_assert_num_queries):
    activity = album.activity(audit)
    for place in range(3):
        person = commented(audit, f"{place}: {WORDS}", Purpose.QUOTATION, Purpose.PUBLICATION)
        album.photo(activity, person, text=f"Photo {place}: {WORDS}")
        factories.FindingFactory(audit=audit, text=f"{place}: {WORDS}")
    # Which texts were struck, and who does not agree to each of the two purposes.
    with django_assert_num_queries(3):
        assert to_mend(audit) == []
