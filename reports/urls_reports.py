"""Addresses of the compiled report and of the year sheets."""

from django.urls import path

from reports.views import compiled, report_changes, report_outline, report_remarks, ward_figures, year_sheets

urlpatterns = [
    path("bao-cao/", compiled.report_list, name="report-list"),
    path("bao-cao/ca-nam/<int:year>/", year_sheets.year_list, name="year-list"),
    path("bao-cao/ca-nam/<int:year>/excel/", year_sheets.year_excel, name="year-workbook"),
    path("bao-cao/ca-nam/<int:year>/don-vi/<int:pk>/", year_sheets.year_sheet, name="year-sheet"),
    path("bao-cao/ca-nam/<int:year>/don-vi/<int:pk>/excel/", year_sheets.year_sheet_excel, name="year-sheet-workbook"),
    path("bao-cao/moi/", compiled.report_new, name="report-new"),
    path("bao-cao/<int:pk>/", compiled.report_detail, name="report-detail"),
    path("bao-cao/<int:pk>/ban-hanh/", compiled.report_issue, name="report-issue"),
    path("bao-cao/<int:pk>/can-cu/<int:section>/<int:index>/", compiled.report_evidence, name="report-evidence"),
    path("bao-cao/<int:pk>/bo-sung/", report_changes.report_supplement, name="report-supplement"),
    path("bao-cao/<int:pk>/thay-doi/", report_changes.report_changes, name="report-changes"),
    path("bao-cao/<int:pk>/thay-doi/<int:section>/", report_changes.report_adopt, name="report-adopt"),
    path("bao-cao/<int:pk>/cap-nhat/", compiled.report_refresh, name="report-refresh"),
    path("bao-cao/<int:pk>/excel/", compiled.report_workbook, name="report-workbook"),
    path("bao-cao/<int:pk>/pdf/", compiled.report_pdf, name="report-pdf"),
    path("bao-cao/<int:pk>/phu-luc/", compiled.report_annexes, name="report-annexes"),
    path("bao-cao/<int:pk>/word/", compiled.report_word, name="report-word"),
    path("bao-cao/<int:pk>/de-cuong/", report_outline.report_outline, name="report-outline"),
    path("bao-cao/<int:pk>/y-kien/", report_remarks.report_remarks, name="report-remarks"),
    path("bao-cao/<int:pk>/y-kien/tach/", report_remarks.report_part, name="report-part"),
    path("bao-cao/<int:pk>/so-lieu-gui/", ward_figures.report_figures, name="report-figures"),
    path("bao-cao/<int:pk>/sua/", compiled.report_edit, name="report-edit"),
]
