"""Addresses of the outline and forms of a plan: filled in by the units, put together by the office."""

from django.urls import path

from reports.views import answers, merged

urlpatterns = [
    path("de-cuong-bieu/", answers.answer_list, name="answer-list"),
    path("de-cuong-bieu/mo/<int:unit_pk>/<int:plan_pk>/", answers.answer_open, name="answer-open"),
    path("de-cuong-bieu/<int:pk>/", answers.answer_review, name="answer-review"),
    path("de-cuong-bieu/<int:pk>/<slug:slug>/", answers.answer_part, name="answer-part"),
    path("ket-qua/<int:pk>/de-cuong-bieu/", answers.answer_detail, name="answer-detail"),
    path("tong-hop-bieu/", merged.merged_list, name="merged-list"),
    path("tong-hop-bieu/<int:pk>/", merged.merged_detail, name="merged-detail"),
    path("tong-hop-bieu/<int:pk>/excel/", merged.merged_excel, name="merged-workbook"),
    path("tong-hop-bieu/<int:pk>/pdf/", merged.merged_pdf, name="merged-pdf"),
    path("tong-hop-bieu/<int:pk>/muc/<int:heading>/", merged.merged_heading, name="merged-heading"),
]
