"""Addresses of documents/."""

from django.urls import path

from documents.views import (
    cards,
    corrections,
    dispatches,
    drafts,
    file_check,
    files,
    first_use,
    numbers,
    paper_word,
    papers,
    severities,
    unit_import,
)

app_name = "documents"
urlpatterns = [
    # cards
    path("the-in/", cards.cards_print, name="cards-print"),
    # first use
    path("bat-dau/", first_use.first_use, name="first-use"),
    # files
    path("kiem-tra-tep/", file_check.file_check, name="file-check"),
    path("tep/<int:pk>/", files.file_download, name="file-download"),
    # number books
    path("so-van-ban/", numbers.book_list, name="book-list"),
    path("so-van-ban/moi/", numbers.book_open, name="book-open"),
    path("so-van-ban/<int:pk>/", numbers.book_detail, name="book-detail"),
    path("so-van-ban/<int:pk>/bat-dau/", numbers.book_start, name="book-start"),
    path("so-van-ban/<int:pk>/so/<int:number>/", numbers.gap_explain, name="gap-explain"),
    # issued papers
    path("van-ban-di/", papers.paper_list, name="paper-list"),
    path("van-ban-di/xuat/", papers.paper_export, name="paper-export"),
    path("van-ban-di/<int:pk>/", papers.paper_detail, name="paper-detail"),
    path("van-ban-di/<int:pk>/van-ban/", papers.paper_text, name="paper-text"),
    path("van-ban-di/<int:pk>/word/", paper_word.paper_word, name="paper-word"),
    path("van-ban-di/<int:pk>/ban-da-ky/", papers.paper_scan, name="paper-scan"),
    path("van-ban-di/<int:pk>/dinh-chinh/", corrections.paper_correct, name="paper-correct"),
    path("van-ban-di/<int:pk>/gui/", dispatches.paper_dispatches, name="paper-dispatches"),
    path("van-ban-di/<int:pk>/gui/excel/", dispatches.dispatch_excel, name="dispatch-workbook"),
    path("van-ban-di/<int:pk>/gui/them/", dispatches.dispatch_new, name="dispatch-new"),
    path("van-ban-di/noi-nhan/<int:pk>/", dispatches.dispatch_edit, name="dispatch-edit"),
    path("van-ban-di/<int:pk>/ky-nhan/", dispatches.dispatch_sheet, name="dispatch-sheet"),
    path("van-ban-di/<int:pk>/ky-nhan/moi/", dispatches.receipt_new, name="receipt-new"),
    path("van-ban-di/<int:pk>/sao/", drafts.draft_copy, name="draft-copy"),
    # other papers being written
    path("van-ban-soan/", drafts.draft_list, name="draft-list"),
    path("van-ban-soan/moi/<slug:kind>/", drafts.draft_new, name="draft-new"),
    path("van-ban-soan/<int:pk>/", drafts.draft_detail, name="draft-detail"),
    path("van-ban-soan/<int:pk>/sua/", drafts.draft_edit, name="draft-edit"),
    path("van-ban-soan/<int:pk>/van-ban/", drafts.draft_text, name="draft-text"),
    path("van-ban-soan/<int:pk>/in/", drafts.draft_print, name="draft-print"),
    path("van-ban-soan/<int:pk>/ghi-so/", drafts.draft_issue, name="draft-issue"),
    path("van-ban-soan/<int:pk>/bo/", drafts.draft_discard, name="draft-discard"),
    # checks
    path("thiet-lap/muc-do-luu-y/", severities.severity_edit, name="severity-edit"),
    # import of units
    path("don-vi/nhap/", unit_import.unit_import, name="unit-import"),
    path("don-vi/xuat-excel/", unit_import.unit_export, name="unit-workbook"),
    path("don-vi/nhap/mau/", unit_import.unit_import_template, name="unit-import-template"),
    path("don-vi/nhap/xem-truoc/", unit_import.unit_import_preview, name="unit-import-preview"),
]
