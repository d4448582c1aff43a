"""Addresses of what the ward reads from the results: conferences held, progress, the leader's page, figures above."""

from django.urls import path

from reports.views import archive, charts, conferences, demonstration, home, matrix, ward_figures

urlpatterns = [
    path("hoi-nghi/<int:pk>/chot/", conferences.conference_close, name="conference-close"),
    path("hoi-nghi/<int:pk>/hoc-bu/", conferences.conference_make_up, name="conference-make-up"),
    path("hoi-nghi/<int:pk>/mo-lai/", conferences.conference_reopen, name="conference-reopen"),
    path("ke-hoach/<int:pk>/ho-so/", archive.plan_archive, name="plan-archive"),
    path("lanh-dao/", home.leader, name="leader"),
    path("so-lieu/", home.overview, name="overview"),
    path("so-lieu/excel/", home.overview_excel, name="overview-workbook"),
    path("so-lieu/nhap-tep/", ward_figures.figures_import, name="figures-import"),
    path("so-lieu/nhap-tep/mau/", ward_figures.figures_template, name="figures-template"),
    path("so-lieu/nhap-tep/xem-truoc/", ward_figures.figures_preview, name="figures-preview"),
    path("so-lieu/tep/", ward_figures.figures_files, name="figures-files"),
    path("so-lieu/tep/<int:pk>/rut-lai/", ward_figures.figures_withdraw, name="figures-withdraw"),
    path("thiet-lap/go-trinh-dien/", demonstration.demonstration_remove, name="demonstration-remove"),
    path("tien-do/", matrix.matrix, name="matrix"),
    path("tien-do/bieu-do/", charts.charts, name="charts"),
    path("tien-do/bieu-do/excel/", charts.charts_excel, name="charts-workbook"),
    path("tien-do/excel/", matrix.matrix_excel, name="matrix-workbook"),
]
