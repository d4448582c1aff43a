"""Addresses of what the ward reads from the results: progress, the leader's page, figures above."""

from django.urls import path

from reports.views import charts, demonstration, home, matrix

urlpatterns = [
from reports.views import archive, charts, compiled, demonstration, home, matrix

urlpatterns = [
    path("bao-cao/", compiled.report_list, name="report-list"),
    path("bao-cao/moi/", compiled.report_new, name="report-new"),
    path("bao-cao/<int:pk>/", compiled.report_detail, name="report-detail"),
    path("bao-cao/<int:pk>/ban-hanh/", compiled.report_issue, name="report-issue"),
    path("bao-cao/<int:pk>/can-cu/<int:section>/<int:index>/", compiled.report_evidence, name="report-evidence"),
    path("bao-cao/<int:pk>/cap-nhat/", compiled.report_refresh, name="report-refresh"),
    path("bao-cao/<int:pk>/excel/", compiled.report_workbook, name="report-workbook"),
    path("bao-cao/<int:pk>/pdf/", compiled.report_pdf, name="report-pdf"),
    path("bao-cao/<int:pk>/word/", compiled.report_word, name="report-word"),
    path("bao-cao/<int:pk>/sua/", compiled.report_edit, name="report-edit"),
    path("ke-hoach/<int:pk>/ho-so/", archive.plan_archive, name="plan-archive"),
    path("lanh-dao/", home.leader, name="leader"),
    path("so-lieu/", home.overview, name="overview"),
    path("so-lieu/excel/", home.overview_excel, name="overview-workbook"),
    path("thiet-lap/go-trinh-dien/", demonstration.demonstration_remove, name="demonstration-remove"),
    path("tien-do/", matrix.matrix, name="matrix"),
    path("tien-do/bieu-do/", charts.charts, name="charts"),
    path("tien-do/bieu-do/excel/", charts.charts_excel, name="charts-workbook"),
    path("tien-do/excel/", matrix.matrix_excel, name="matrix-workbook"),
]
