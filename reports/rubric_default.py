"""The score sheet that ships with the program, as data (domain.md 3.3): 3 groups, 100 points, own wording.

It stands in for the regulation until the ward enters the official sheet, and every page and print says so. Bands of a
rate: {"at_least": percent, "points"}; of days late: {"at_most": days, "points"}; of a line people judge: {"label", "points"}.
"""

from decimal import Decimal

CODE = "mac-dinh"
VERSION = 1
NAME = "Bộ tiêu chí mặc định của phần mềm"
EFFECTIVE_FROM = "2026-01-01"

_JUDGED_8 = [
    {"label": "Rõ việc, rõ nơi", "points": 8},
    {"label": "Có liên hệ, chưa cụ thể", "points": 5},
    {"label": "Liên hệ chung chung", "points": 2},
    {"label": "Không liên hệ", "points": 0},
]
_PREPARED_8 = [
    {"label": "Đủ", "points": 8},
    {"label": "Còn thiếu", "points": 4},
    {"label": "Chưa làm", "points": 0},
]

GROUPS = [
    {
        "code": "I",
        "name": "Chuẩn bị và tổ chức",
        "criteria": [
            ("I.1", "Có lịch học, phân công báo cáo viên, gửi tài liệu cho đảng viên trước buổi học", 8, "documents_opened", _PREPARED_8),
            ("I.2", "Người đứng đầu cấp ủy trực tiếp truyền đạt hoặc chủ trì", 6, "head_speaks", []),
            (
                "I.3",
                "Tổ chức trong thời hạn của kế hoạch",
                6,
                "in_window",
                [{"at_most": 0, "points": 6}, {"at_most": 5, "points": 3}],
            ),
            ("I.4", "Hình thức phù hợp loại hình chi bộ, đủ thời lượng", 5, "form_and_length", []),
            ("I.5", "Có danh sách điểm danh và biên bản", 5, "minutes_kept", []),
        ],
    },
    {
        "code": "II",
        "name": "Chất lượng học tập, thảo luận",
        "criteria": [
            (
                "II.1",
                "Tỷ lệ đảng viên dự học trên số phải dự",
                12,
                "attendance_rate",
                [
                    {"at_least": 95, "points": 12},
                    {"at_least": 90, "points": 10},
                    {"at_least": 85, "points": 8},
                    {"at_least": 75, "points": 4},
                ],
            ),
            ("II.2", "Không có đảng viên vắng không lý do", 4, "no_unexcused", []),
            (
                "II.3",
                "Mức độ tham gia thảo luận của đảng viên",
                8,
                "discussion_rate",
                [
                    {"at_least": 30, "points": 8},
                    {"at_least": 20, "points": 6},
                    {"at_least": 10, "points": 4},
                    {"above": 0, "points": 2},
                ],
            ),
            ("II.4", "Thảo luận liên hệ được việc cụ thể của chi bộ, địa bàn, cơ quan", 8, "none", _JUDGED_8),
            ("II.5", "Hoàn thành thu hoạch, kiểm tra nhận thức", 8, "essays_done", []),
        ],
    },
    {
        "code": "III",
        "name": "Vận dụng, lan tỏa và báo cáo",
        "criteria": [
            ("III.1", "Có việc làm hoặc văn bản cụ thể hóa, rõ người, rõ hạn", 10, "concrete_work", []),
            ("III.2", "Tuyên truyền tới đoàn viên, hội viên, Nhân dân", 8, "propaganda", []),
            ("III.3", "Tổng hợp, phản ánh ý kiến, kiến nghị", 4, "opinions", []),
            ("III.4", "Báo cáo đúng hạn, đủ, khớp số liệu", 8, "on_time", [{"at_most": 0, "points": 8}, {"at_most": 3, "points": 4}]),
        ],
    },
]

LEVELS = [
    {
        "name": "Tốt",
        "from_percent": Decimal("90"),
        "gates": [
            {"source": "attendance_rate", "at_least": 85},
            {"source": "no_unexcused"},
            {"source": "on_time"},
        ],
    },
    {"name": "Khá", "from_percent": Decimal("70"), "gates": []},
    {"name": "Trung bình", "from_percent": Decimal("50"), "gates": []},
    {"name": "Yếu", "from_percent": Decimal("0"), "gates": []},
]
