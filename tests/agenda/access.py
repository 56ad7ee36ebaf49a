"""Access to findings and recommendations: the team reads, partners comment, writers write."""

from tests import factories
from tests.access import row, slug


def a_finding(world):
    return factories.FindingFactory(audit=world.audit).number


def a_recommendation(world):
    return factories.RecommendationFactory(audit=world.audit).number


class Hanging:
    """A finding with something on it: the number and the key of one address belong together."""

    def __init__(self, make):
        self.make, self.finding = make, None

    def number(self, world):
        self.finding = factories.FindingFactory(audit=world.audit)
        return self.finding.number

    def pk(self, world):
        return self.make(self.finding, world)


def hanging(make):
    one = Hanging(make)
    return {"number": one.number, "pk": one.pk}


def _evidence_on(finding, world):
    return factories.EvidenceLinkFactory(holder=finding).pk


def _comment_of_the_partner(finding, world):
    return factories.FindingCommentFactory(finding=finding, author=world.users["partner"]).pk


A_FINDING = {"text": "A finding", "area": "urban", "kind": "task"}
A_RECOMMENDATION = {"title": "Open it", "text": "In the evening", "area": "urban"}
EVIDENCE, COMMENT = hanging(_evidence_on), hanging(_comment_of_the_partner)
READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 200 200 403 404 403 404 404"
LEAD = "  login login 200 403 403 403 404 403 404 404"
SENT = "  401   401   302 302 302 403 404 403 404 404"
LED = "   401   401   302 403 403 403 404 403 404 404"

ROWS = {
    # column:      anon part coor faci rese part revi view outs admin
    "agenda:finding-list": row(READ, audit=slug),
    "agenda:finding-detail": row(READ, audit=slug, number=a_finding),
    "agenda:finding-create": row(WRITE, audit=slug),
    "agenda:finding-create POST": row(SENT, audit=slug, data=A_FINDING),
    "agenda:finding-edit": row(WRITE, audit=slug, number=a_finding),
    "agenda:finding-edit POST": row(SENT, audit=slug, number=a_finding, data={**A_FINDING, "version": 1}),
    "agenda:finding-delete": row(WRITE, audit=slug, number=a_finding),
    "agenda:finding-delete POST": row(SENT, audit=slug, number=a_finding),
    "agenda:finding-move POST": row(SENT, audit=slug, number=a_finding, data={"step": "1"}),
    "agenda:comment-create": row("login login 302 302 302 302 404 403 404 404", audit=slug, number=a_finding),
    "agenda:comment-create POST": row(
        "401 401 302 302 302 302 404 403 404 404", audit=slug, number=a_finding, data={"text": "We see it too."}
    ),
    # Only who wrote a comment may take it back.
    "agenda:comment-delete": row("login login 404 404 404 200 404 403 404 404", audit=slug, **COMMENT),
    "agenda:comment-delete POST": row("401 401 404 404 404 302 404 403 404 404", audit=slug, **COMMENT),
    "agenda:evidence-link": row(WRITE, audit=slug, number=a_finding),
    "agenda:evidence-link POST": row("401 401 200 200 200 403 404 403 404 404", audit=slug, number=a_finding),
    "agenda:evidence-unlink": row(WRITE, audit=slug, **EVIDENCE),
    "agenda:evidence-unlink POST": row(SENT, audit=slug, **EVIDENCE),
    "agenda:recommendation-list": row(READ, audit=slug),
    "agenda:recommendation-detail": row(READ, audit=slug, number=a_recommendation),
    "agenda:recommendation-create": row(LEAD, audit=slug),
    "agenda:recommendation-create POST": row(LED, audit=slug, data=A_RECOMMENDATION),
    "agenda:recommendation-edit": row(LEAD, audit=slug, number=a_recommendation),
    "agenda:recommendation-edit POST": row(
        LED, audit=slug, number=a_recommendation, data={**A_RECOMMENDATION, "version": 1}
    ),
    "agenda:recommendation-delete": row(LEAD, audit=slug, number=a_recommendation),
    "agenda:recommendation-delete POST": row(LED, audit=slug, number=a_recommendation),
    "agenda:recommendation-move POST": row(LED, audit=slug, number=a_recommendation, data={"step": "1"}),
}
