"""Units, bodies and people of the demonstration ward, as data. No real private person: everybody is named by role."""

from units.choices import Role, UnitKind

PROVINCE = ("Đảng bộ tỉnh Tuyên Quang", "Tỉnh ủy Tuyên Quang")
WARD = ("Đảng bộ phường Nông Tiến", "phường Nông Tiến")

# (code, name, short name, sign, is a Party body)
BODIES = [
    ("BXDD", "Ban Xây dựng Đảng", "Ban Xây dựng Đảng", "BXDĐ", True),
    ("VP", "Văn phòng Đảng ủy", "Văn phòng Đảng ủy", "VPĐU", True),
    ("UBKT", "Ủy ban Kiểm tra Đảng ủy", "Ủy ban Kiểm tra", "UBKTĐU", True),
    ("UBND", "Ủy ban nhân dân phường", "UBND phường", "UBND", False),
    ("HDND", "Thường trực Hội đồng nhân dân phường", "Thường trực HĐND", "HĐND", False),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", "MTTQ phường", "MTTQ", False),
    ("DTN", "Đoàn Thanh niên phường", "Đoàn Thanh niên", "ĐTN", False),
    ("PN", "Hội Liên hiệp Phụ nữ phường", "Hội Phụ nữ", "HPN", False),
    ("ND", "Hội Nông dân phường", "Hội Nông dân", "HND", False),
    ("CCB", "Hội Cựu chiến binh phường", "Hội Cựu chiến binh", "HCCB", False),
]

_RESIDENTIAL = [*(f"Tràng Đà {n}" for n in range(1, 13)), *(f"Nông Tiến {n}" for n in range(1, 25))]  # 36
_SCHOOLS = [
    "Mầm non Nông Tiến",
    "Mầm non Tràng Đà",
    "Tiểu học Nông Tiến",
    "Tiểu học Tràng Đà",
    "THCS Nông Tiến",
    "THCS Tràng Đà",
    "Mầm non Hoa Mai",
    "Tiểu học Bình Minh",
]
_ENTERPRISES = ["Hợp tác xã Dịch vụ nông nghiệp", "Công ty Chế biến lâm sản", "Hợp tác xã Vận tải", "Công ty Xây dựng số 4"]
_AGENCIES = ["Trung tâm Dịch vụ tổng hợp", "Ban Quản lý chợ", "Trạm Khuyến nông"]

# (code, kind, name, short name, members, exempt, usual meeting day, index of the committee member in charge)
DIRECT_UNITS = [
    *(
        (f"TDP-{n:02d}", UnitKind.RESIDENTIAL, f"Chi bộ tổ dân phố {name}", f"Chi bộ TDP {name}", 22 + (n * 7) % 31, (n * 3) % 6, 3 + n % 5, n % 6)
        for n, name in enumerate(_RESIDENTIAL, start=1)
    ),
    ("DANG-01", UnitKind.PARTY_BODIES, "Chi bộ các cơ quan Đảng phường", "Chi bộ các cơ quan Đảng", 18, 0, 3, 0),
    ("UBND-01", UnitKind.PEOPLE_COMMITTEE, "Đảng bộ Ủy ban nhân dân phường", "Đảng bộ UBND phường", 64, 0, 5, 1),
    ("CA-01", UnitKind.POLICE, "Chi bộ Công an phường", "Chi bộ Công an", 26, 0, 4, 2),
    ("QS-01", UnitKind.MILITARY, "Chi bộ Quân sự phường", "Chi bộ Quân sự", 9, 0, 4, 2),
    *(
        (f"TH-{n:02d}", UnitKind.SCHOOL, f"Chi bộ Trường {name}", f"Chi bộ Trường {name}", 11 + (n * 5) % 14, 0, 5, 3)
        for n, name in enumerate(_SCHOOLS, start=1)
    ),
    ("YT-01", UnitKind.HEALTH, "Chi bộ Trạm Y tế phường", "Chi bộ Trạm Y tế", 8, 0, 6, 3),
    *(
        (f"DN-{n:02d}", UnitKind.ENTERPRISE, f"Chi bộ {name}", f"Chi bộ {name}", 5 + n * 2, 0, 7, 4)
        for n, name in enumerate(_ENTERPRISES, start=1)
    ),
    *(
        (f"CQ-{n:02d}", UnitKind.AGENCY, f"Chi bộ {name}", f"Chi bộ {name}", 7 + n * 3, 0, 6, 4)
        for n, name in enumerate(_AGENCIES, start=1)
    ),
    ("DB-01", UnitKind.GRASSROOTS_COMMITTEE, "Đảng bộ cơ sở Trường Cao đẳng nghề", "Đảng bộ Trường Cao đẳng nghề", 72, 1, 8, 5),
    ("DB-02", UnitKind.GRASSROOTS_COMMITTEE, "Đảng bộ cơ sở Công ty Giấy Tràng Đà", "Đảng bộ Công ty Giấy Tràng Đà", 58, 2, 8, 5),
]

# children of đảng bộ cơ sở: (code of the parent, code, name, members)
CHILD_UNITS = [
    *(("UBND-01", f"UBND-01-{n}", f"Chi bộ {name}", 16) for n, name in enumerate(["Phòng Văn hóa - Xã hội", "Phòng Kinh tế, Hạ tầng và Đô thị", "Trung tâm Phục vụ hành chính công", "Văn phòng HĐND và UBND"], start=1)),
    *(("DB-01", f"DB-01-{n}", f"Chi bộ {name}", 24) for n, name in enumerate(["Khoa Cơ khí", "Khoa Điện", "Phòng Đào tạo"], start=1)),
    *(("DB-02", f"DB-02-{n}", f"Chi bộ Phân xưởng {n}", 29) for n in (1, 2)),
]

COMMITTEE_MEMBERS = [f"Cấp ủy viên phụ trách cụm {n}" for n in range(1, 7)]

# (user name, full name, phone, [(roles, code of the body or "" for the ward)], position)
STAFF = [
    ("soanthao", "Chuyên viên Văn phòng Đảng ủy", "0207 000 101", [Role.DRAFTER, Role.REVIEWER], "Chuyên viên"),
    ("vanthu", "Văn thư Đảng ủy", "0207 000 102", [Role.CLERK], "Văn thư"),
    ("tonghop", "Chuyên viên Ban Xây dựng Đảng", "0207 000 103", [Role.DRAFTER, Role.COMPILER], "Chuyên viên"),
    ("lanhdao", "Phó Bí thư Đảng ủy phường", "0207 000 104", [Role.LEADER], "Phó Bí thư"),
    ("quantri", "Quản trị chương trình", "0207 000 105", [Role.ADMIN], "Quản trị"),
]
CONTACTS = [
    ("ubnd", "Đầu mối UBND phường", "UBND"),
    ("mttq", "Đầu mối MTTQ phường", "MTTQ"),
    ("banxaydung", "Đầu mối Ban Xây dựng Đảng", "BXDD"),
    ("vanphong", "Đầu mối Văn phòng Đảng ủy", "VP"),
]
VIEWER = ("captren", "Chuyên viên Ban Tuyên giáo và Dân vận Tỉnh ủy")
OWN_SECRETARY = ("bithu", "TDP-06")
OWN_HELPER = ("nhapgiup", "TDP-06")
PASSWORD = "lantoa-trinh-dien"  # noqa: S105 - known on purpose: the demonstration runs on loopback with a red banner
