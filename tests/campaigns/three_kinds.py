"""The facts of a real plan of each kind, in words of our own: what a person enters, and what a reader must find again."""

from dataclasses import dataclass

from campaigns.outline_text import read_outline
from campaigns.plan_content import AnnexText

UNITS = "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"


@dataclass(frozen=True)
class Entered:
    """A plan as it is typed.

    directive: the pasted title line, and for the reader (kind, number, sign, day, issuer, beginning of the subject).
    sections: (level, title, body, slot); duties: (printed name of the body, text, product, phrase, rule, last day);
    conferences: (level, phrase, place, participants, speaker, rule, last day, tentative); outline: as pasted.
    """

    name: str
    kind: str
    directive: str
    read_directive: tuple[str, str, str, str, str, str]
    issuer: str
    position: str
    subject: str
    opening: str
    closing: str
    sections: tuple[tuple[int, str, str, str], ...]
    duties: tuple[tuple[str, str, str, str, str | None, str | None], ...]
    recipients: tuple[tuple[str, str], ...]
    conferences: tuple[tuple[str, str, str, str, str, str, str, bool], ...] = ()
    outline: str = ""
    annex_subject: str = ""

    @property
    def annexes(self):
        """The annex as values."""
        if not self.outline:
            return ()
        headings, forms = read_outline(self.outline)
        return (AnnexText(title="Đề cương", subject=self.annex_subject, headings=headings, forms=forms),)


_05 = "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy"
_05_ABOUT = "về đẩy mạnh xây dựng hệ sinh thái khởi nghiệp đổi mới sáng tạo trên địa bàn tỉnh Tuyên Quang"
_COMMITTEE = "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường"

STUDY = Entered(
    name="000",
    kind="study",
    directive=f"{_05} {_05_ABOUT}",
    read_directive=("Chỉ thị", "05", "CT/TU", "2026-05-05", "Ban Thường vụ Tỉnh ủy", "về đẩy mạnh xây dựng hệ sinh thái"),
    issuer="Ban Thường vụ Đảng ủy",
    position="PHÓ BÍ THƯ",
    subject=f"tuyên truyền, quán triệt và học tập {_05} {_05_ABOUT}",
    opening=f"Thực hiện {_05} {_05_ABOUT} (sau đây viết tắt là Chỉ thị số 05-CT/TU), Ban Thường vụ Đảng ủy ban hành Kế hoạch tuyên truyền, quán triệt và học tập như sau:",
    closing="Trên đây là Kế hoạch học tập Chỉ thị số 05-CT/TU; các đơn vị nghiêm túc thực hiện.",
    sections=(
        (1, "Mục đích, yêu cầu", "", ""),
        (2, "Mục đích", "Cán bộ, đảng viên và Nhân dân hiểu đúng, làm đúng Chỉ thị số 05-CT/TU.", ""),
        (2, "Yêu cầu", "- Học đúng đối tượng, chú trọng thảo luận.\n- Mỗi chi bộ tự chấm điểm chất lượng sau buổi học.", ""),
        (1, "Nội dung tuyên truyền, quán triệt, học tập", "Nội dung cốt lõi của Chỉ thị số 05-CT/TU.", ""),
        (1, "Hình thức tổ chức hội nghị", "", "conferences"),
        (1, "Tổ chức thực hiện", "", "duties"),
    ),
    conferences=(
        ("ward", "Dự kiến trong tháng 5/2026", "Hội trường trụ sở Đảng ủy phường, tổ dân phố Tràng Đà 6",
         "Ủy viên Ban Chấp hành Đảng bộ phường; Thường trực Hội đồng nhân dân; bí thư các chi bộ; tổ trưởng các tổ dân phố",
         "Thường trực Đảng ủy", "within_month", "2026-05-31", True),
        ("grassroots", "Hoàn thành trong tháng 5/2026", "", "Cán bộ, đảng viên, đoàn viên, hội viên và Nhân dân",
         "Đồng chí bí thư chi bộ, đảng bộ cơ sở", "within_month", "2026-05-31", False),
    ),
    duties=(
        ("Ban Xây dựng Đảng", "Phối hợp các cơ quan tuyên truyền, phát hành tài liệu học tập", "action", "", None, None),
        ("Ban Xây dựng Đảng", "Giúp Ban Thường vụ Đảng ủy báo cáo kết quả học tập", "document", "Hoàn thành trước ngày 05/6/2026", "before", "2026-06-04"),
        ("Ban Xây dựng Đảng", "Hướng dẫn, đôn đốc, kiểm tra các đơn vị học tập", "action", "", None, None),
        ("Ủy ban nhân dân phường", "Dự thảo kế hoạch của Ban Thường vụ Đảng ủy thực hiện Chỉ thị số 05-CT/TU", "document", "Hoàn thành trong tháng 5/2026", "within_month", "2026-05-31"),
        ("Văn phòng Đảng ủy", "Triệu tập đại biểu, chuẩn bị hội trường và tài liệu hội nghị", "action", "", None, None),
        (UNITS, "Tổ chức học tập và tự chấm điểm theo bộ tiêu chí", "study", "Hoàn thành trong tháng 5/2026", "within_month", "2026-05-31"),
        (UNITS, "Báo cáo kết quả với Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng)", "report", "trước ngày 05/6/2026", "before", "2026-06-04"),
    ),
    recipients=(
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "báo cáo"), (_COMMITTEE, ""), ("Thường trực Hội đồng nhân dân phường", ""),
        ("Ủy ban nhân dân phường", ""), ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường", ""),
        ("Các cơ quan tham mưu, giúp việc Đảng ủy", ""), (UNITS, ""), ("Lưu Văn phòng Đảng ủy", ""),
    ),
)  # fmt: skip

_69 = "Kết luận số 69-KL/TW, ngày 11/01/2024 của Bộ Chính trị"
_20 = "Nghị quyết số 20-NQ/TW, ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng khóa XI về phát triển khoa học và công nghệ"
_56 = "Chương trình hành động số 56-CTr/TU, ngày 13/3/2024 của Ban Thường vụ Tỉnh ủy Thái Nguyên"
_56_ABOUT = f"về thực hiện {_69} về tiếp tục thực hiện {_20}"

IMPLEMENTATION = Entered(
    name="002",
    kind="implementation",
    directive=f"{_56} {_56_ABOUT}",
    read_directive=("Chương trình hành động", "56", "CTr/TU", "2024-03-13", "Ban Thường vụ Tỉnh ủy Thái Nguyên", "về thực hiện Kết luận số 69-KL/TW"),
    issuer="Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
    position="PHÓ BÍ THƯ",
    subject=f"thực hiện {_56} {_56_ABOUT}",
    opening=f"Thực hiện {_56} {_56_ABOUT} (sau đây viết tắt là Chương trình hành động số 56-CTr/TU), Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh xây dựng Kế hoạch thực hiện như sau:",
    closing="Trên đây là Kế hoạch thực hiện Chương trình hành động số 56-CTr/TU, Ban Thường vụ Đảng ủy Khối đề nghị các đơn vị nghiêm túc thực hiện.",
    sections=(
        (1, "Mục đích, yêu cầu", "", ""),
        (2, "Mục đích", "- Cấp ủy, đoàn thể và đảng viên nắm vững nội dung Chương trình hành động.\n- Nâng cao hiệu quả quản lý về khoa học, công nghệ.", ""),
        (2, "Yêu cầu", "- Triển khai nghiêm túc, đồng bộ.\n- Kiểm tra, giám sát thường xuyên.", ""),
        (1, "Nội dung thực hiện", "", ""),
        (2, "", "Các chi bộ, đảng ủy cơ sở và các đoàn thể trực thuộc tổ chức học tập, tuyên truyền Chương trình hành động.", ""),
        (2, "", "Tăng cường sự lãnh đạo của cấp ủy, nâng cao trách nhiệm của người đứng đầu đối với khoa học, công nghệ.", ""),
        (2, "", "Cấp ủy các cơ quan tham mưu tiếp tục hoàn thiện cơ chế, chính sách theo chức năng, nhiệm vụ.", ""),
        (2, "", "Phát huy vai trò của đoàn thể trong vận động, giám sát và biểu dương sáng kiến.", ""),
        (1, "Tổ chức thực hiện", "", "duties"),
    ),
    duties=(
        ("Ban Tuyên giáo Đảng ủy Khối", "Đôn đốc các chi bộ, đảng ủy cơ sở thực hiện Kế hoạch; cung cấp tài liệu và tham mưu sơ kết, báo cáo", "action", "", None, None),
        ("Các chi bộ, đảng ủy cơ sở", "Lãnh đạo thực hiện Kế hoạch tại cơ quan, đơn vị; phát huy vai trò báo cáo viên, tuyên truyền viên", "action", "", None, None),
        ("Các đoàn thể trực thuộc", "Tuyên truyền, vận động hội viên, đoàn viên; giám sát việc thực hiện Chương trình hành động", "action", "", None, None),
    ),
    recipients=(
        ("Ban Tuyên giáo Tỉnh ủy", ""), ("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ Khối", ""), ("Các chi bộ, đảng bộ cơ sở", ""),
        ("Các cơ quan tham mưu, giúp việc Đảng ủy Khối", ""), ("Các đoàn thể trực thuộc Đảng ủy Khối", ""), ("Lưu Văn phòng Đảng ủy Khối", ""),
    ),
)  # fmt: skip

_19 = "Chỉ thị số 19-CT/TU, ngày 28/9/2016 của Ban Thường vụ Tỉnh ủy Lào Cai"
_19_ABOUT = "về phát huy trí tuệ, khuyến khích sáng tạo, cống hiến của đội ngũ trí thức và doanh nhân trên địa bàn tỉnh Lào Cai"
_OUTLINE = """I. Công tác lãnh đạo, chỉ đạo thực hiện Chỉ thị số 19-CT/TU
1. Tổ chức quán triệt
Nêu cách làm, số buổi, số lượt người dự.
2. Cụ thể hóa thành văn bản
Văn bản của thị xã, cơ quan, đơn vị (thống kê vào Biểu 1).
II. Kết quả thực hiện Chỉ thị số 19-CT/TU
1. Công tác tuyên truyền
2. Công tác đào tạo, bồi dưỡng
- Tạo điều kiện để trí thức, doanh nhân cống hiến;
- Đầu tư cơ sở vật chất.
3. Sáng kiến, công trình nghiên cứu đem lại hiệu quả thiết thực
4. Tham mưu cơ chế, chính sách thu hút nhân tài
III. Đánh giá việc thực hiện Chỉ thị số 19-CT/TU
1. Ưu điểm, nguyên nhân
2. Khuyết điểm, hạn chế, nguyên nhân
3. Bài học kinh nghiệm
IV. Nhiệm vụ và giải pháp thời gian tới
1. Mục tiêu chung
2. Một số mục tiêu cụ thể đến năm 2025
3. Nhiệm vụ và giải pháp trọng tâm
4. Kiến nghị, đề xuất
Biểu 1. Danh mục văn bản triển khai thực hiện Chỉ thị số 19-CT/TU
STT | Số hiệu văn bản | Tên văn bản (trích yếu) | Ngày phát hành
+ Tỉnh ủy
+ Hội đồng nhân dân tỉnh
+ Ủy ban nhân dân tỉnh
+ Liên hiệp các Hội Khoa học và Kỹ thuật
+ Sở, ngành liên quan
Biểu 2. Những mô hình, cách làm hay
STT | Mô hình | Nội dung | Cá nhân, tập thể chủ trì | Tóm tắt kết quả đã đạt được
Biểu 3. Những công trình khoa học, sáng kiến được công nhận
STT | Nội dung công trình, sáng kiến | Cá nhân, tập thể chủ trì | Tóm tắt kết quả đã đạt được | Cấp có thẩm quyền ghi nhận"""

REVIEW = Entered(
    name="003",
    kind="review",
    directive=f"{_19} {_19_ABOUT}",
    read_directive=("Chỉ thị", "19", "CT/TU", "2016-09-28", "Ban Thường vụ Tỉnh ủy Lào Cai", "về phát huy trí tuệ"),
    issuer="Ban Thường vụ Thị ủy Sa Pa",
    position="PHÓ BÍ THƯ THƯỜNG TRỰC",
    subject=f"sơ kết 05 năm thực hiện {_19} {_19_ABOUT}",
    opening=f"Thực hiện Kế hoạch số 33-KH/BTGTU, ngày 21/5/2021 của Ban Tuyên giáo Tỉnh ủy Lào Cai về sơ kết 05 năm thực hiện {_19} {_19_ABOUT} (sau đây viết tắt là Chỉ thị số 19-CT/TU), Ban Thường vụ Thị ủy Sa Pa xây dựng Kế hoạch thực hiện như sau:",
    closing="Trên đây là Kế hoạch sơ kết 05 năm thực hiện Chỉ thị số 19-CT/TU; các cơ quan, đơn vị liên quan nghiêm túc thực hiện.",
    sections=(
        (1, "Mục đích, yêu cầu", "", ""),
        (2, "Mục đích", "Đánh giá đúng kết quả, hạn chế và nguyên nhân sau 05 năm; đề xuất nhiệm vụ, giải pháp tiếp theo.\nBiểu dương tập thể, cá nhân tiêu biểu.", ""),
        (2, "Yêu cầu", "Sơ kết từ cơ sở, khoa học, tiết kiệm, hiệu quả.", ""),
        (1, "Nội dung sơ kết và xây dựng báo cáo", "", ""),
        (2, "Nội dung đánh giá", "- Công tác tuyên truyền, quán triệt.\n- Sự lãnh đạo, chỉ đạo của cấp ủy.\n- Công tác phối hợp.\n- Hạn chế, nguyên nhân, bài học kinh nghiệm.", ""),
        (2, "Nội dung báo cáo", "Theo đề cương và các biểu gửi kèm.", ""),
        (1, "Thời gian, phương thức sơ kết", "Hoàn thành báo cáo sơ kết trước ngày 20/8/2021 (không tổ chức hội nghị).", ""),
        (1, "Tổ chức thực hiện", "", "duties"),
    ),
    duties=(
        ("Ủy ban nhân dân thị xã Sa Pa", "Xây dựng báo cáo kết quả thực hiện theo đề cương, gửi Thường trực Thị ủy (qua Ban Tuyên giáo Thị ủy)", "document", "Hoàn thành trước ngày 10/8/2021", "before", "2021-08-09"),
        ("Ban Tuyên giáo Thị ủy", "Tổng hợp, xây dựng dự thảo báo cáo, trình Thường trực Thị ủy", "document", "trước ngày 17/8/2021", "before", "2021-08-16"),
        ("Văn phòng Thị ủy", "Thẩm định báo cáo, trình Thường trực Thị ủy ký ban hành", "document", "trước ngày 20/8/2021", "before", "2021-08-19"),
        ("Ủy ban Mặt trận Tổ quốc, các tổ chức chính trị - xã hội thị xã", "Xây dựng báo cáo sơ kết gửi Thị ủy (qua Ban Tuyên giáo Thị ủy)", "document", "trước ngày 10/8/2021", "before", "2021-08-09"),
        ("Phòng Văn hóa - Thông tin; Trung tâm Văn hóa, Thể thao - Truyền thông thị xã", "Tuyên truyền kết quả, biểu dương tập thể, cá nhân tiêu biểu", "action", "", None, None),
    ),
    recipients=(
        ("Thường trực Thị ủy, Hội đồng nhân dân, Ủy ban nhân dân thị xã", ""), ("Ban Tuyên giáo, Văn phòng Thị ủy", ""),
        ("Ủy ban Mặt trận Tổ quốc và các đoàn thể thị xã", ""), ("Phòng Văn hóa - Thông tin thị xã", ""),
        ("Trung tâm Văn hóa, Thể thao - Truyền thông thị xã", ""), ("Lưu Văn phòng Thị ủy", ""),
    ),
    outline=_OUTLINE,
    annex_subject=f"sơ kết 05 năm thực hiện {_19} {_19_ABOUT}",
)  # fmt: skip

KINDS = (STUDY, IMPLEMENTATION, REVIEW)


def facts_entered(plan: Entered, *, signer: str) -> dict:
    """What a reader must find, in the shape of facts_read()."""
    return {
        "kind": "Kế hoạch",
        "plan_type": plan.kind,
        "subject": plan.subject,
        "issuer": plan.issuer,
        "directive": plan.read_directive,
        "sections": _sections(plan),
        "conferences": [
            (level, phrase.removeprefix("Dự kiến ").removeprefix("Hoàn thành "), rule, day, tentative, place or None, _names(people), speaker)
            for level, phrase, place, people, speaker, rule, day, tentative in plan.conferences
        ],
        "duties": [(body, text, phrase or None, rule, day) for body, text, _, phrase, rule, day in plan.duties],
        "recipients": [(name, note or None) for name, note in plan.recipients],
        "signature": ("T/M BAN THƯỜNG VỤ", plan.position, signer),
        "annexes": [_annex(one) for one in plan.annexes],
    }  # fmt: skip


def facts_read(read: dict, plan: Entered) -> dict:
    """The same facts out of the JSON of read_plan."""
    subject = next(one for one in read["directives"] if one["role"] == "subject")
    about = plan.read_directive[5]
    identity = (subject["kind"], subject["number"], subject["sign"], ", ".join(subject["dates"]), subject["issuer"])
    return {
        "kind": read["kind"],
        "plan_type": read["plan_type"],
        "subject": read["subject"],
        "issuer": read["issuer"],
        "directive": (*identity, (subject["subject"] or "")[: len(about)]),
        "sections": [(top["marker"], top["title"].upper(), [(one["marker"], one["title"]) for one in top["children"]]) for top in read["sections"]],
        "conferences": [_conference(one) for one in read["conferences"]],
        "duties": [_duty(one) for one in read["duties"]],
        "recipients": [(one["name"], one["note"]) for one in read["recipients"]],
        "signature": tuple(read["signature"].values()) if read["signature"] else None,
        "annexes": [_read_annex(one) for one in read["annexes"]],
    }  # fmt: skip


def _sections(plan):
    tops, number = [], 0
    for level, title, body, slot in plan.sections:
        if level == 1:
            children = []
            tops.append((title.upper(), children))
            number = 0
            names = [one[0] for one in plan.conferences] if slot == "conferences" else []
            if slot == "duties":
                names = list(dict.fromkeys(one[0] for one in plan.duties))
            labels = {"ward": "Cấp phường", "grassroots": "Cấp cơ sở"}
            children.extend((str(row), labels.get(name, name)) for row, name in enumerate(names, 1))
        else:
            number += 1
            tops[-1][1].append((str(number), title or body))
    roman = ("I", "II", "III", "IV", "V", "VI")
    return [(roman[row], title, children) for row, (title, children) in enumerate(tops)]


def _names(people):
    parts = [part.strip() for part in people.replace(" và Nhân dân", ", Nhân dân").replace(";", ",").split(",")]
    return [part for part in parts if part]


def _conference(one):
    when = one["when"]
    phrase = when["phrase"].removeprefix("dự kiến ").removeprefix("hoàn thành ")
    return (one["level"], phrase, when["rule"], when["last_day"], when["tentative"], one["place"], one["participants"], one["speaker"])


def _duty(one):
    deadline = one["deadline"]
    text = one["text"]
    if deadline:
        text = text.partition(deadline["phrase"])[0]
        return one["assignee"], text.rstrip(". "), deadline["phrase"], deadline["rule"], deadline["last_day"]
    return one["assignee"], text.rstrip(". "), None, None, None


def _annex(annex):
    tree: list = []
    markers = [0, 0]
    roman = ("I", "II", "III", "IV", "V", "VI")
    for one in annex.headings:
        if one.level == 1:
            markers = [markers[0] + 1, 0]
            tree.append((roman[markers[0] - 1], one.title.upper(), []))
        else:
            markers[1] += 1
            tree[-1][2].append((str(markers[1]), one.title))
    tables = [(f"Biểu {row}. {form.title}", [column.title for column in form.columns]) for row, form in enumerate(annex.forms, 1)]
    return (f"{annex.title.upper()} {annex.subject}", tree, tables)


def _read_annex(annex):
    tree = [
        (one["marker"], one["title"].upper(), [(child["marker"], child["title"]) for child in one["children"]])
        for one in annex["headings"]
    ]
    return (annex["title"], tree, [(one["title"], one["columns"]) for one in annex["tables"]])
