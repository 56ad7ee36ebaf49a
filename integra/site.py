"""The administration's start page: what the rooms register, in groups by what somebody wants to do."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

# Name, explanation, and the models in order, with a name of their own where the model's says too little here.
# What is in no group is reached from other pages only.
GROUPS = (
    (
        _("Instruments"),
        _("What cities work with. Originals are read-only; an own version can be changed."),
        (
            "checklists.Checklist",
            "benchmarks.Benchmark",
            "focusgroups.DiscussionGuide",
            "deskresearch.ResearchGuide",
            "photovoice.PhotovoiceGuide",
            "audits.CodesignGuide",
            "participation.ConsentReview",
        ),
    ),
    (
        _("Search in all instruments"),
        _("In every version and language, in any script."),
        {
            "checklists.Item": _("Checklists: statements"),
            "benchmarks.KeyFactor": _("Benchmarks: key factors"),
            "benchmarks.GuideQuestion": _("Benchmarks: guide questions"),
            "benchmarks.Example": _("Benchmarks: examples from cities"),
            "focusgroups.Question": _("Focus groups: questions"),
            "deskresearch.ResearchQuestion": _("Desk research: questions"),
            "audits.PracticeExample": _("Co-design: examples"),
            "audits.Translation": _("Translations"),
        },
    ),
    (
        _("Shared by all benchmarks"),
        _("The same for every benchmark, read-only."),
        (
            "benchmarks.ContextFactor",
            "benchmarks.CharterCommitment",
            "benchmarks.BenchmarkUse",
            "benchmarks.PeerReviewStep",
        ),
    ),
    (
        _("Cities and people"),
        _("Participants have no account; their answers are not here."),
        ("audits.City", "audits.Audit", "audits.User", "auth.Group"),
    ),
)


def _named(names, label: str) -> dict:
    return {"name": names[label]} if label in names else {}


class Administration(AdminSite):
    site_title = _("Administration")
    site_header = _("Administration")
    index_title = _("Administration")
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        """Django's list regrouped; the list of one app stays as it is."""
        if app_label:
            return super().get_app_list(request, app_label)
        shown = {model["model"]._meta.label: model for app in super().get_app_list(request) for model in app["models"]}
        groups = []
        for number, (name, explanation, labels) in enumerate(GROUPS, 1):
            names = labels if isinstance(labels, dict) else {}
            if models := [{**shown[label], **_named(names, label)} for label in labels if label in shown]:
                groups.append(
                    {
                        "name": name,
                        "explanation": explanation,
                        "app_label": f"group-{number}",
                        "app_url": f"#group-{number}",
                        "has_module_perms": True,
                        "models": models,
                    }
                )
        return groups
