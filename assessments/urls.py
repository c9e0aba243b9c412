"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

import assessments.converters  # noqa: F401  (registers "ref")
from assessments.views import (
    agreeing,
    applicability,
    assessors,
    certificates,
    certification,
    checklist,
    confirming,
    finding_list,
    findings,
    findings_import,
    findings_import_row,
    imports,
    progression,
    responses,
    sampling,
    standard,
    sub_elements,
    versions,
    visit,
    visit_versions,
    wording,
)
from assessments.views import assessments as views

app_name = "assessments"

urlpatterns = [
    path("settings/certification/", certification.certification, name="certification"),
    path("settings/certification/earlier/", visit_versions.scope, name="scope_earlier"),
    path("certificate/", certificates.certificate, name="certificate"),
    path("certificate/add/", certificates.add, name="certificate_add"),
    path("certificate/<int:certificate>/", certificates.edit, name="certificate_edit"),
    path(
        "certificate/<int:certificate>/history/",
        certificates.record,
        name="certificate_record",
    ),
    path(
        "certificate/<int:certificate>/history/<int:status>/take-back/",
        certificates.take_back,
        name="certificate_take_back",
    ),
    path(
        "certificate/<int:certificate>/remove/",
        certificates.remove,
        name="certificate_remove",
    ),
    path("settings/wording/", wording.wording, name="wording"),
    path("settings/wording/switch/", wording.switch_all, name="wording_switch_all"),
    path("settings/wording/<ref:ref>/", wording.edit, name="wording_edit"),
    path("settings/wording/<ref:ref>/switch/", wording.switch, name="wording_switch"),
    path("progression/", progression.progression, name="progression"),
    path("progression/compare/", progression.comparison, name="comparison"),
    path("progression/export/", progression.export, name="progression_export"),
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.preview, name="import_preview"),
    path("import/<int:pk>/wording/", imports.wording, name="import_wording"),
    path("import/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("import/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("import/report/", findings_import.findings_imports, name="findings_imports"),
    path(
        "import/report/<int:upload>/", findings_import.preview, name="findings_preview"
    ),
    path(
        "import/report/<int:upload>/edit/", findings_import.edit, name="findings_edit"
    ),
    path(
        "import/report/<int:upload>/rows/<int:row>/",
        findings_import_row.change,
        name="findings_row",
    ),
    path(
        "import/report/<int:upload>/undo/", findings_import.undo, name="findings_undo"
    ),
    path(
        "import/report/<int:upload>/discard/",
        findings_import.discard,
        name="findings_discard",
    ),
    path("assessments/", views.assessment_list, name="list"),
    path("assessments/new/", views.start, name="start"),
    path("assessments/<slug:assessment>/details/", views.details, name="details"),
    path("assessments/<slug:assessment>/about/", visit.about, name="about"),
    path(
        "assessments/<slug:assessment>/about/<int:criterion>/",
        visit.narrative,
        name="narrative",
    ),
    path(
        "assessments/<slug:assessment>/about/earlier/",
        visit_versions.details,
        name="details_earlier",
    ),
    path(
        "assessments/<slug:assessment>/about/<int:criterion>/earlier/",
        visit_versions.narrative,
        name="narrative_earlier",
    ),
    path(
        "assessments/<slug:assessment>/checklist/<int:item>/earlier/",
        visit_versions.step,
        name="step_earlier",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/earlier/",
        versions.finding,
        name="finding_earlier",
    ),
    path(
        "assessments/<slug:assessment>/responses/<int:response>/earlier/",
        versions.response,
        name="response_earlier",
    ),
    path(
        "assessments/<slug:assessment>/<ref:ref>/earlier/",
        versions.rating,
        name="rating_earlier",
    ),
    path(
        "assessments/<slug:assessment>/report/attach/",
        visit.attach,
        name="report_attach",
    ),
    path(
        "assessments/<slug:assessment>/report/<int:report>/",
        visit.download,
        name="report_download",
    ),
    path(
        "assessments/<slug:assessment>/report/<int:report>/withdraw/",
        visit.withdraw,
        name="report_withdraw",
    ),
    path(
        "assessments/<slug:assessment>/checklist/usual/",
        checklist.use_usual,
        name="step_usual",
    ),
    path(
        "assessments/<slug:assessment>/checklist/add/", checklist.add, name="step_add"
    ),
    path(
        "assessments/<slug:assessment>/checklist/<int:item>/",
        checklist.edit,
        name="step_edit",
    ),
    path(
        "assessments/<slug:assessment>/checklist/<int:item>/tick/",
        checklist.tick,
        name="step_tick",
    ),
    path(
        "assessments/<slug:assessment>/checklist/<int:item>/remove/",
        checklist.remove,
        name="step_remove",
    ),
    path(
        "assessments/<slug:assessment>/sampling/",
        sampling.sampling,
        name="sampling",
    ),
    path(
        "assessments/<slug:assessment>/sampling/print/",
        sampling.sampling_print,
        name="sampling_print",
    ),
    path(
        "assessments/<slug:assessment>/assessors/",
        assessors.assessors,
        name="assessors",
    ),
    path(
        "assessments/<slug:assessment>/assessors/invite/",
        assessors.invite,
        name="assessor_invite",
    ),
    path(
        "assessments/<slug:assessment>/assessors/looks/", assessors.looks, name="looks"
    ),
    path(
        "assessments/<slug:assessment>/assessors/<int:access>/",
        assessors.change,
        name="assessor_change",
    ),
    path(
        "assessments/<slug:assessment>/assessors/<int:access>/end/",
        assessors.end,
        name="assessor_end",
    ),
    path(
        "assessments/<slug:assessment>/assessors/<int:access>/mail/",
        assessors.mail_again,
        name="assessor_mail_again",
    ),
    path("assessments/<slug:assessment>/hand-over/", views.hand_over, name="hand_over"),
    path("assessments/<slug:assessment>/confirm/", confirming.confirm, name="confirm"),
    path("assessments/<slug:assessment>/unlock/", confirming.unlock, name="unlock"),
    path(
        "assessments/<slug:assessment>/findings/",
        finding_list.general_findings,
        name="general_findings",
    ),
    path(
        "assessments/<slug:assessment>/findings/new/",
        findings.create_general,
        name="general_finding_create",
    ),
    path(
        "assessments/<slug:assessment>/<ref:ref>/findings/new/",
        findings.create,
        name="finding_create",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/",
        findings.edit,
        name="finding_edit",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/move/",
        findings.move,
        name="finding_move",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/withdraw/",
        findings.withdraw,
        name="finding_withdraw",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/restore/",
        findings.restore,
        name="finding_restore",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/responses/new/",
        responses.create,
        name="response_create",
    ),
    path(
        "assessments/<slug:assessment>/findings/<int:finding>/responses/use/",
        responses.use,
        name="response_use",
    ),
    path(
        "assessments/<slug:assessment>/responses/agree/",
        agreeing.agree,
        name="responses_agree",
    ),
    path(
        "assessments/<slug:assessment>/responses/<int:response>/",
        responses.edit,
        name="response_edit",
    ),
    path(
        "assessments/<slug:assessment>/responses/<int:response>/agree/",
        responses.agree,
        name="response_agree",
    ),
    path(
        "assessments/<slug:assessment>/responses/<int:response>/withdraw/",
        responses.withdraw,
        name="response_withdraw",
    ),
    path(
        "assessments/<slug:assessment>/responses/<int:response>/restore/",
        responses.restore,
        name="response_restore",
    ),
    path("standard/", standard.browse, name="standard"),
    path("standard/<ref:ref>/", standard.element, name="standard_element"),
    path("standard/<ref:ref>/earlier/", versions.statement, name="statement_earlier"),
    path("standard/<ref:ref>/rename/", sub_elements.rename, name="sub_element_rename"),
    path(
        "assessments/<slug:assessment>/<ref:ref>/sub-elements/new/",
        sub_elements.create,
        name="sub_element_create",
    ),
    path(
        "assessments/<slug:assessment>/<ref:ref>/track/",
        sub_elements.track,
        name="sub_element_track",
    ),
    path(
        "assessments/<slug:assessment>/<ref:ref>/drop/",
        sub_elements.drop,
        name="sub_element_drop",
    ),
    path(
        "assessments/<slug:assessment>/<ref:ref>/applies/",
        applicability.applicability,
        name="applicability",
    ),
]
