"""Answers to the guide questions of both steps, and what the research as a whole says of governance."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.models import Audit, Versioned

from ..enums import AnswerState
from .documents import Document, Provision
from .institutions import Institution, Partnership
from .instrument import ResearchGuide, ResearchQuestion

TEXT_LENGTH = 6000


def guide_for_new() -> ResearchGuide | None:
    """The guide that a research which begins now follows (`InstrumentQuerySet.for_new`)."""
    return ResearchGuide.objects.for_new()


class Research(Versioned):
    """The desk research of an audit: the guide that it follows, and the governance model as a whole.

    `strengths` and `weaknesses` are one to a line, as the report lists them.
    """

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="research")
    guide = models.ForeignKey(ResearchGuide, on_delete=models.PROTECT, related_name="researches")
    strengths = models.TextField(
        _("strengths of the governance model"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)]
    )
    weaknesses = models.TextField(
        _("weaknesses of the governance model"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)]
    )

    written = ("strengths", "weaknesses")

    class Meta:
        verbose_name = _("desk research")
        verbose_name_plural = _("desk researches")

    def __str__(self):
        return str(self.audit)

    def get_absolute_url(self):
        return reverse("deskresearch:governance", args=[self.audit.slug])


class Answer(Versioned):
    """An answer to a guide question. It cites what it rests on; who answers it and how far it is, the team sees."""

    research = models.ForeignKey(Research, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(ResearchQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])
    state = models.CharField(_("state"), max_length=7, choices=AnswerState, default=AnswerState.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who answers it"),
    )
    documents = models.ManyToManyField(Document, blank=True, related_name="answers", verbose_name=_("documents"))
    provisions = models.ManyToManyField(Provision, blank=True, related_name="answers", verbose_name=_("provisions"))
    institutions = models.ManyToManyField(
        Institution, blank=True, related_name="answers", verbose_name=_("institutions")
    )
    partnerships = models.ManyToManyField(
        Partnership, blank=True, related_name="answers", verbose_name=_("partnerships and mechanisms")
    )

    history = HistoricalRecords()

    written = ("text", "state", "assignee_id")

    class Meta:
        verbose_name = _("answer to a guide question")
        verbose_name_plural = _("answers to guide questions")
        ordering = ["question__step__position", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["research", "question"], name="research_question_answered_once"),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="research_answer_state_is_known"),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("deskresearch:question", args=[self.research.audit.slug, self.question.key])
