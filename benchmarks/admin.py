from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.instruments.admin import InstrumentAdmin, PartAdmin, PartInline, SharedPartAdmin

from .models import (
    Benchmark,
    BenchmarkUse,
    CharterCommitment,
    CharterLink,
    ContextFactor,
    Criterion,
    Example,
    GuideQuestion,
    KeyFactor,
    PeerReviewStep,
    Term,
)


class KeyFactorInline(PartInline):
    model = KeyFactor
    fields = ("position", "key", "part", "title", "statement")
    open_label = _("Questions, criteria, examples")

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        # Most benchmarks have no parts; the first factor of one is named on the factor's own page.
        if obj is None or "part" not in self._said(obj, self.fields):
            fields = [name for name in fields if name != "part"]
        return fields


class TermInline(PartInline):
    model = Term
    fields = ("position", "title", "definition")
    key_prefix = "term-"


@admin.register(Benchmark)
class BenchmarkAdmin(InstrumentAdmin):
    texts = ("standard", "rationale", "coverage", "purpose", "instructions")
    inlines = (KeyFactorInline, TermInline)


class GuideQuestionInline(PartInline):
    model = GuideQuestion
    fields = ("position", "text", "parent")
    key_prefix = "q"


class CriterionInline(PartInline):
    model = Criterion
    fields = ("position", "text", "parent")
    key_prefix = "c"


class ExampleInline(PartInline):
    model = Example
    fields = ("position", "city", "title", "text")
    key_prefix = "e"


@admin.register(KeyFactor)
class KeyFactorAdmin(PartAdmin):
    list_display = ("key", "name", "statement", "part", "instrument_in_list")
    list_display_links = ("key", "name")
    search_fields = ("key", "title", "statement", "rationale")
    fields = ("key", "part", "title", "statement", "rationale", "explanation", "explanation_end")
    inlines = (GuideQuestionInline, CriterionInline, ExampleInline)

    @admin.display(description=_("title"), ordering="title")
    def name(self, obj):
        return obj.title or "–"


@admin.register(GuideQuestion)
class GuideQuestionAdmin(PartAdmin):
    list_display = ("text", "factor_key", "instrument_in_list")
    search_fields = ("text",)
    fields = ("text",)

    @admin.display(description=_("key factor"), ordering="factor__position")
    def factor_key(self, obj):
        return obj.factor.key


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    list_display = ("city", "title", "factor_key", "instrument_in_list")
    list_display_links = ("city", "title")
    search_fields = ("city", "title", "text")
    fields = ("city", "title", "text")

    @admin.display(description=_("key factor"), ordering="factor__position")
    def factor_key(self, obj):
        return obj.factor.key


@admin.register(ContextFactor, BenchmarkUse, PeerReviewStep)
class TitledPartAdmin(SharedPartAdmin):
    list_display = ("title", "text")
    search_fields = ("title", "text")
    fields = ("title", "text", "source_title", "authoring", "source_date")


class CharterLinkForm(forms.ModelForm):
    """Names a factor by the codes of its benchmark and its own. A row that is there is switched on or off, no more."""

    class Meta:
        model = CharterLink
        fields = ["benchmark", "factor", "counts"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["benchmark"].disabled = self.fields["factor"].disabled = True

    def clean(self):
        cleaned = super().clean()
        benchmark, factor = cleaned.get("benchmark"), cleaned.get("factor")
        if self.instance.pk or not (benchmark and factor):
            return cleaned
        known = KeyFactor.objects.filter(benchmark__code=benchmark)
        if not known.exists():
            raise ValidationError({"benchmark": _("There is no benchmark with this code.")})
        if not known.filter(key=factor).exists():
            raise ValidationError({"factor": _("This benchmark has no key factor with this code.")})
        return cleaned


class CharterLinkInline(admin.TabularInline):
    """Which factors serve a commitment. None is deleted, as the next seeding would bring it back: it is switched off."""

    model = CharterLink
    form = CharterLinkForm
    fields = ("benchmark", "factor", "named", "counts")
    readonly_fields = ("named",)
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        factors = KeyFactor.objects.filter(benchmark__code=OuterRef("benchmark"), key=OuterRef("factor"))
        name = Subquery(
            factors.order_by("pk").values_list(
                Coalesce(NullIf("title", Value("")), "statement", output_field=TextField())
            )[:1]
        )
        return super().get_queryset(request).annotate(factor_name=name)

    @admin.display(description=_("key factor"))
    def named(self, obj):
        return Truncator(getattr(obj, "factor_name", None) or "–").words(20)


@admin.register(CharterCommitment)
class CharterCommitmentAdmin(SharedPartAdmin):
    """The commitment itself is shown, not changed; which key factors serve it is ours to decide."""

    list_display = ("text", "role")
    list_filter = ("role",)
    search_fields = ("text",)
    fields = ("role", "text", "source_title", "authoring", "source_date")
    readonly_fields = fields
    inlines = (CharterLinkInline,)

    def has_change_permission(self, request, obj=None):
        return admin.ModelAdmin.has_change_permission(self, request, obj)
