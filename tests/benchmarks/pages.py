"""What tests of the benchmarks' pages share."""

import html
import re

from django.contrib.messages import get_messages
from django.urls import reverse

from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.models import Judgement


def to(name, *rows, **query):
    """The address of a page: `to("factor", assessed)`, `to("assessment-detail", assessment)`."""
    args = []
    for row in rows:
        if hasattr(row, "judgement"):
            args += [*_of_factor(row.judgement.assessed), row.uuid]
        elif hasattr(row, "assessment"):
            args += _of_factor(row)
        elif hasattr(row, "slug"):
            args.append(row.slug)
        elif hasattr(row, "audit"):
            args += [row.audit.slug, row.uuid]
        else:
            args.append(row)
    return reverse(f"benchmarks:{name}", args=args, query=query or None)


def _of_factor(assessed):
    return [assessed.assessment.audit.slug, assessed.assessment.uuid, assessed.uuid]


def words_of(response):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def said(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


def factor(assessment, key):
    return assessment.factors.get(factor__key=key)


def judge(assessment, key, verdict, reasoning="", scheme=None):
    """Judges a factor past the page."""
    judgement = factor(assessment, key).judgements.get(scheme=scheme)
    judgement.verdict, judgement.reasoning = verdict, reasoning
    judgement.save()
    return judgement


def close(assessment):
    """Closes the assessment, with its first factor judged where nothing is: it can be repeated then."""
    judgements = Judgement.objects.filter(assessed__assessment=assessment)
    if not judgements.exclude(verdict=Verdict.NOT_JUDGED).exists():
        judgements.filter(pk=judgements.first().pk).update(verdict=Verdict.PARTLY)
    actions.close(assessment=assessment, by=None)


def form_of(judgement, **changes):
    """What the page of a factor sends when nothing but the changes is typed."""
    answers = {one.question_id: one.text for one in judgement.answers.all()}
    questions = judgement.assessed.factor.questions.all()
    return {
        "version": judgement.version,
        "verdict": judgement.verdict,
        "reasoning": judgement.reasoning,
        **{f"answer_{question.key}": answers.get(question.pk, "") for question in questions},
        **changes,
    }
