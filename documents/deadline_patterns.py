"""The wordings of deadlines as patterns, in order of precedence; `documents.deadlines` says what each one means.

Source: format rules, section 8. Every repetition is bounded, so that reading stays linear (D-05).
"""

import re

_DAY = r"(?P<d>\d{1,2})(?: ?[/.] ?| tháng )(?P<m>\d{1,2})(?:(?: ?[/.] ?|,? năm )(?P<y>\d{4}))?(?!\d)(?! ?[/.] ?\d)(?! (?:ngày|buổi)(?!\w))"
_YEAR = r"(?:(?: ?[/.] ?|,? năm )(?P<y>\d{4}))"
_WEEKDAY = r"(?:\(?(?:thứ \w{2,4}|chủ nhật)\)?,? ?)"
_CLOCK = r"\d{1,2} ?(?:giờ|h|g|:)(?: ?\d{2})?(?: ?phút|['’])?"
_HOUR = (
    r"(?P<hour>\d{1,2}) ?(?:giờ|h|g|:) ?(?P<minute>\d{2})?(?: ?phút|['’])?(?: (?:sáng|chiều|tối))?"
    rf"(?: ?(?:-|–|đến) ?{_CLOCK})?,? {_WEEKDAY}?"
)
_DAYS_BEFORE = r"(?:\d{1,2}(?:/\d{1,2})? ?(?:-|–|và|,|đến) ?(?:ngày )?)?"
_EVENT = r"(?:kết thúc |tổ chức |có )?(?:các )?(?:hội nghị|đợt (?:học tập|sinh hoạt)|buổi học)(?: của [^,.;()]{2,30}| cấp \w{2,6})?"

LEAD = re.compile(
    r"(?<!\w)(?:(?:dự kiến(?: (?:tổ chức|thực hiện|hoàn thành))?|phải hoàn thành|hoàn thành xong|hoàn thành|thực hiện xong|xong|"
    r"thời hạn|thời gian|hạn cuối|hạn|định kỳ|chậm nhất(?: là)?|muộn nhất(?: là)?)(?: là)?:? ?){1,3}$",
    re.IGNORECASE,
)
# Figures "tính đến hết ngày 31/5/2026" are counted up to a day, nothing is due on it.
COUNTED_UP_TO = re.compile(r"(?:tính|số liệu|thời điểm)(?: từ| đến)? $", re.IGNORECASE)
SPOKEN_LEAD = re.compile(r"(?<!\w)(?:thời gian|thời hạn|hạn|phải):? ?", re.IGNORECASE)
OPEN = re.compile(
    r"(?:kịp thời|thường xuyên|liên tục|theo quy định|sớm(?: nhất)?|ngay|khẩn trương|định kỳ|theo kế hoạch|lâu dài)"
    r"(?:(?:,| và)? ?(?:thường xuyên|liên tục|lâu dài|kịp thời|hằng năm|hàng năm|định kỳ)){0,2}",
    re.IGNORECASE,
)
RECURRING = re.compile(r"(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm)", re.IGNORECASE)
NOTICE = re.compile(
    r"(?:thời gian(?: cụ thể)?:? )?(?:sẽ )?(?:theo (?:thông báo|giấy mời|giấy triệu tập|công văn)|(?:được )?thông báo (?:sau|riêng|cụ thể)|"
    r"có (?:thông báo|văn bản|công văn|giấy)(?: triệu tập| mời| thông báo)? ?(?:riêng|sau|cụ thể)|khi có thông báo)[^.;]{0,60}",
    re.IGNORECASE,
)


# "sinh hoạt chi bộ tháng 5/2026" says when; in "kết quả sinh hoạt chi bộ tháng 5/2026" the month is what is told of.
OCCASION = re.compile(
    r"(?<!\w)(?:(?:kỳ|buổi|đợt) )?(?:sinh hoạt(?! phí)|họp|hội nghị|giao ban|tọa đàm|toạ đàm|lễ phát động|ra quân)(?!\w)"
    r"(?: (?!(?:kế hoạch|chương trình|báo cáo|kết quả|lịch|của|theo|từ|đến|trước|sau|ngày)(?!\w))[^\W\d_]+){0,5} $",
    re.IGNORECASE,
)
TOLD_OF = re.compile(
    r"(?<!\w)(?:kết quả|tình hình|báo cáo|biên bản|nội dung|tài liệu|đánh giá|nghị quyết|kết luận|thông báo|kinh phí|số liệu|chương trình)"
    r"(?: (?!(?:tại|trong|ở|qua)(?!\w))[^\W\d_]+){0,4} $",
    re.IGNORECASE,
)


def _pattern(text: str) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{text})", re.IGNORECASE)


# (pattern, name of its meaning, whether it binds only behind a leading word or a label).
PATTERNS: tuple[tuple[re.Pattern, str, bool], ...] = (
    (
        _pattern(
            r"(?:(?P<before>trước )|chậm nhất (?:là )?(?:vào )?|vào )?ngày (?P<d>\d{1,2}) (?:hằng|hàng|mỗi) tháng"
        ),
        "monthly",
        False,
    ),
    (
        _pattern(
            r"(?:hằng|hàng|mỗi) tháng,? \(?(?:(?P<before>trước )|chậm nhất (?:là )?)(?:vào )?ngày (?P<d>\d{1,2})(?! ?[/.]|\d| tháng)"
        ),
        "monthly",
        False,
    ),
    (
        _pattern(
            r"(?:hằng|hàng|mỗi) quý,? \(?(?P<before>trước )?(?:chậm nhất (?:là )?)?ngày (?P<d>\d{1,2})(?: của)? tháng cuối quý"
        ),
        "quarterly",
        False,
    ),
    (
        _pattern(
            r"(?:(?P<before>trước )|chậm nhất (?:là )?|vào )?ngày (?P<d>\d{1,2})(?: ?/ ?| tháng )(?P<m>\d{1,2}) (?:hằng|hàng|mỗi) năm"
        ),
        "yearly",
        False,
    ),
    (
        _pattern(r"(?:6 tháng|năm|hằng năm|hàng năm),? \(?trước ngày (?P<d>\d{1,2}) ?/ ?(?P<m>\d{1,2})(?! ?/ ?\d)(?!\d)"),
        "yearly",
        False,
    ),
    (
        _pattern(
            r"(?:chậm nhất |không quá )?(?:trong )?(?:thời hạn |thời gian |vòng )?(?:sau )?(?P<n>\d{1,3}) ngày(?P<working> làm việc)?,? "
            rf"(?P<d>)(?P<m>)(?P<y>)(?:kể từ|sau|từ)(?: khi| ngày)? {_EVENT}"
        ),
        "counted",
        False,
    ),
    (
        _pattern(
            r"(?:chậm nhất )?(?:trong|sau) (?:thời hạn |thời gian |vòng )?(?P<n>\d{1,3}) ngày(?P<working> làm việc)?,? (?:kể )?từ "
            rf"(?:(?:ngày )?{_DAY}|(?:khi|ngày)(?: [^,.;()\n]{2,40})?)"
        ),
        "counted",
        False,
    ),
    (_pattern(rf"trước (?:{_HOUR})?(?:ngày:? ?)?{_DAY}"), "before", False),
    (_pattern(rf"(?P<d>)trước tháng (?P<m>\d{{1,2}})(?!\d){_YEAR}?(?! ?/ ?\d)"), "before_month", False),
    (
        _pattern(
            r"(?:(?:chậm nhất|muộn nhất|hạn cuối)(?: là)?:? ?(?:đến |trong |vào )?(?:hết )?|không (?:quá|muộn hơn) |(?:đến )?hết |trong )"
            rf"(?:{_HOUR})?ngày:? ?{_DAY}"
        ),
        "by",
        False,
    ),
    (_pattern(rf"(?:chậm nhất|muộn nhất|hạn cuối)(?: là| đến| vào)?:? (?:{_HOUR})?{_DAY}"), "by", False),
    (_pattern(rf"từ (?:ngày )?\d{{1,2}}(?:/\d{{1,4}}){{0,2}} ?(?:đến|-|–) ?(?:hết )?(?:ngày )?{_DAY}"), "by", False),
    (_pattern(rf"{_HOUR}ngày:? ?{_DAY}"), "by", False),
    (_pattern(rf"(?:vào |trong )?(?:ngày:? ?)?{_DAYS_BEFORE}{_DAY}"), "by", True),
    (
        _pattern(
            rf"ngay sau (?:khi )?{_EVENT}|(?:chậm nhất )?sau (?:khi )?{_EVENT},? \d{{1,3}} ngày(?: làm việc)?|"
            rf"ngay sau (?:khi )?(?:kết thúc )?hội nghị"
        ),
        "after",
        False,
    ),
    (_pattern(rf"sau (?:khi )?{_EVENT}"), "after", True),
    (
        _pattern(
            rf"(?:trong |vào |xong |(?:đến )?hết )?(?:(?P<part>đầu|giữa|cuối) )tháng (?P<m>\d{{1,2}})(?!\d){_YEAR}?(?! ?/ ?\d)"
        ),
        "in_month",
        False,
    ),
    (
        _pattern(
            r"(?P<part>)(?:trong |từ )(?:các )?tháng \d{1,2}(?:/\d{4})? ?(?:-|–|,|và|đến)(?: hết)?(?: tháng)? ?"
            rf"(?P<m>\d{{1,2}})(?!\d){_YEAR}(?! ?/ ?\d)"
        ),
        "in_month",
        False,
    ),
    (
        _pattern(rf"(?P<part>)(?:trong|(?:đến )?hết|vào) tháng (?P<m>\d{{1,2}})(?!\d){_YEAR}?(?! ?/ ?\d)"),
        "in_month",
        False,
    ),
    (_pattern(rf"(?P<part>)tháng (?P<m>\d{{1,2}})(?!\d){_YEAR}(?! ?/ ?\d)"), "in_month", True),
    (_pattern(rf"(?:trong |(?:đến )?hết )quý (?P<q>IV|I{{1,3}}|[1-4])(?!\w){_YEAR}?"), "in_quarter", False),
    (_pattern(rf"quý (?P<q>IV|I{{1,3}}|[1-4])(?!\w){_YEAR}?"), "in_quarter", True),
    (_pattern(r"trong (?:6 tháng|nửa) (?P<half>đầu|cuối) năm(?: (?P<y>\d{4}))?"), "in_half", False),
    (_pattern(r"(?:6 tháng|nửa) (?P<half>đầu|cuối) năm(?: (?P<y>\d{4}))?"), "in_half", True),
    (_pattern(r"(?P<part>)(?:trong|(?<!đến )hết) năm (?P<y>\d{4})(?! ?[-–])"), "in_year", False),
    (_pattern(r"(?P<part>đầu|giữa|cuối) năm (?P<y>\d{4})(?! ?[-–])"), "in_year", True),
    (_pattern(r"(?P<part>)năm (?P<y>\d{4})(?! ?[-–])"), "in_year", True),
    (
        _pattern(
            r"(?:trong )?tuần (?:lễ )?(?:thứ )?(?P<n>IV|I{1,3}|[1-5]|nhất|hai|ba|tư|đầu) (?:của )?"
            rf"tháng (?P<m>\d{{1,2}})(?!\d){_YEAR}?"
        ),
        "in_week",
        False,
    ),
    (_pattern(r"(?P<n>)(?P<m>)(?P<y>)trong tuần(?: này)?(?!\w)"), "in_week", True),
    (
        _pattern(
            r"định kỳ,? (?:(?:hằng|hàng|mỗi) |0?\d{1,2} )(?:tuần|tháng|quý|năm)(?!\w)"
            r"(?:(?:,| và|/) ?(?:(?:hằng|hàng|mỗi|một|1) )?(?:tuần|tháng|quý|năm)(?!\w)){0,3}(?:(?: ?/ ?| một | 1 | 01 )lần)?"
        ),
        "recurring",
        False,
    ),
)
