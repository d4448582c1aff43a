"""The upload of an Excel list of units."""

import io

from django import forms
from django.conf import settings

from documents.spreadsheets import read_rows
from documents.unit_rows import LONGEST

MOST_ROWS = 1_000


class UnitImportForm(forms.Form):
    """An .xlsx file; `table` holds its cleaned rows when it is valid."""

    upload = forms.FileField(
        label="Tệp Excel (.xlsx)", help_text="Dùng tệp mẫu, hoặc tệp sẵn có với các cột trùng tên; thứ tự cột tùy ý."
    )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                "Tệp lớn hơn 12 MB nên chưa được đọc. Hãy xóa hình ảnh và các trang không cần.", code="too_large"
            )
        # the table waits in the session until it is confirmed: no cell longer than what can be told of it
        self.table = read_rows(io.BytesIO(upload.read()), row_limit=MOST_ROWS, column_limit=30, cell_limit=LONGEST + 1)
        return upload
