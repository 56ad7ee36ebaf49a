"""Access to peer reviews. In the matrix nobody is a peer: `reviews/test_reviews_access.py` tries those who are."""

import uuid

from benchmarks.enums import ReviewState
from tests import factories
from tests.access import row, slug


def an_assessment(world):
    return factories.AssessmentFactory(audit=world.audit).uuid


def review_at(state=ReviewState.PREPARING):
    def make(world):
        return factories.PeerReviewFactory(assessment__audit=world.audit, state=state).uuid

    return make


class Hanging:
    """A review with something on it: the two identifiers of one address belong together."""

    def __init__(self, make):
        self.make, self.one = make, None

    def review(self, world):
        self.one = self.make(world)
        return self.one.review.uuid

    def own(self, world):
        return self.one.uuid


A_REVIEW = review_at()


def _meeting(world):
    return factories.MeetingFactory(review__assessment__audit=world.audit)


def _interview(world):
    return factories.InterviewEvidenceFactory(review__assessment__audit=world.audit, review__state=ReviewState.SHARED)


def _factor(world):
    found = factories.PeerJudgementFactory(review__assessment__audit=world.audit, review__state=ReviewState.SHARED)
    found.uuid = found.assessed.uuid
    return found


def hanging(name, make):
    one = Hanging(make)
    return {"audit": slug, "review": one.review, name: one.own}


MEETING, INTERVIEW, FACTOR = (
    hanging("meeting", _meeting),
    hanging("interview", _interview),
    hanging("factor", _factor),
)
OWN = {"audit": slug, "review": A_REVIEW}
ASSESSMENT = {"audit": slug, "assessment": an_assessment}
PRINT = {**OWN, "key": uuid.uuid4()}
FILE = {**OWN, "evidence": uuid.uuid4(), "link": 1}
A_MEETING = {"kind": "interview", "whom": "Head of housing"}

# column:   anon part coor faci rese part revi view outs admin
READ = "    login login 200 200 200 200 404 200 404 404"
SENT_READ = "401  401   200 200 200 200 404 200 404 404"
HOST = "    login login 200 403 200 403 404 403 404 404"
GONE_ON = " login login 302 403 302 403 404 403 404 404"
SENT = "    401   401   302 403 302 403 404 403 404 404"
AGAIN = "   401   401   200 403 200 403 404 403 404 404"
LATE = "    401   401   409 403 409 403 404 403 404 404"
NONE = "    login login 404 404 404 404 404 404 404 404"
SENT_NONE = "401  401   404 404 404 404 404 404 404 404"

ROWS = {
    "benchmarks:review-create": row(HOST, **ASSESSMENT),
    "benchmarks:review-create POST": row(SENT, **ASSESSMENT, data={"team": "Two cities"}),
    "benchmarks:review-detail": row(READ, **OWN),
    "benchmarks:review-edit": row(HOST, **OWN),
    "benchmarks:review-edit POST": row(SENT, **OWN, data={"team": "Two cities", "version": 1}),
    "benchmarks:review-peers": row(HOST, **OWN),
    "benchmarks:review-peers POST": row(AGAIN, **OWN),
    "benchmarks:review-share": row(HOST, **OWN),
    # Without a peer it is refused, and said why.
    "benchmarks:review-share POST": row("401 401 422 403 422 403 404 403 404 404", **OWN),
    "benchmarks:review-withdraw-share": row(HOST, **OWN),
    "benchmarks:review-withdraw-share POST": row(LATE, **OWN),
    "benchmarks:review-cancel": row(HOST, **OWN),
    "benchmarks:review-cancel POST": row(SENT, **OWN),
    "benchmarks:meeting-create": row(HOST, **OWN),
    "benchmarks:meeting-create POST": row(SENT, **OWN, data=A_MEETING),
    "benchmarks:meeting-edit": row(HOST, **MEETING),
    "benchmarks:meeting-edit POST": row(SENT, **MEETING, data={**A_MEETING, "version": 1}),
    "benchmarks:meeting-delete": row(HOST, **MEETING),
    "benchmarks:meeting-delete POST": row(SENT, **MEETING),
    # What the peers write does not exist for anybody else before they release it.
    "benchmarks:review-factor": row(NONE, **FACTOR),
    "benchmarks:review-factor POST": row(SENT_NONE, **FACTOR),
    "benchmarks:interview-create": row(NONE, **OWN),
    "benchmarks:interview-create POST": row(SENT_NONE, **OWN),
    "benchmarks:interview-edit": row(NONE, **INTERVIEW),
    "benchmarks:interview-edit POST": row(SENT_NONE, **INTERVIEW),
    "benchmarks:interview-delete": row(NONE, **INTERVIEW),
    "benchmarks:interview-delete POST": row(SENT_NONE, **INTERVIEW),
    "benchmarks:review-evidence-file": row(NONE, **FILE),
    "benchmarks:review-conclusions": row(NONE, **OWN),
    "benchmarks:review-conclusions POST": row(SENT_NONE, **OWN),
    "benchmarks:review-release": row(NONE, **OWN),
    "benchmarks:review-release POST": row(SENT_NONE, **OWN),
    "benchmarks:review-feedback": row(GONE_ON, **OWN),
    "benchmarks:review-feedback POST": row(SENT, **OWN),
    "benchmarks:review-finish": row(GONE_ON, **OWN),
    "benchmarks:review-finish POST": row(LATE, **OWN),
    "benchmarks:review-pdf": row(READ, **OWN),
    # Nothing chosen: it is asked again.
    "benchmarks:review-pdf POST": row(SENT_READ, **OWN),
    "benchmarks:review-print": row(READ, **PRINT),
    "benchmarks:review-print-file": row(NONE, **PRINT),
}
