"""Which units and offices each class of participants stands for (domain.md 1.6), and how a plan's text names it."""

from dataclasses import dataclass

from campaigns.choices import ParticipantClass
from units.choices import UnitKind

CLASS = ParticipantClass


@dataclass(frozen=True)
class ClassRule:
    """How a class expands: units of `kinds` (an office of each, or all members when `whole`), or the bodies whose
    unmarked name holds one of `bodies`; `words` are unmarked words by which a plan's "thành phần" names the class."""

    office: str = ""
    kinds: frozenset[str] = frozenset()
    bodies: tuple[str, ...] = ()
    whole: bool = False
    words: tuple[str, ...] = ()


def _kinds(*kinds: UnitKind) -> frozenset[str]:
    return frozenset(kind.value for kind in kinds)


RULES = {
    CLASS.COMMITTEE: ClassRule(office="Ủy viên Ban Chấp hành Đảng bộ", words=("ban chap hanh",)),
    CLASS.INSPECTION: ClassRule(office="Ủy viên Ủy ban Kiểm tra", bodies=("uy ban kiem tra",), words=("uy ban kiem tra",)),
    CLASS.COUNCIL: ClassRule(office="Thường trực Hội đồng nhân dân", bodies=("hoi dong nhan dan",), words=("hoi dong nhan dan", "hdnd")),
    CLASS.PEOPLE_COMMITTEE: ClassRule(office="Lãnh đạo Ủy ban nhân dân", bodies=("uy ban nhan dan",), words=("lanh dao uy ban nhan dan", "lanh dao ubnd", "lanh dao hoi dong nhan dan, uy ban nhan dan")),
    CLASS.FRONT: ClassRule(office="Chủ tịch Ủy ban Mặt trận Tổ quốc", bodies=("mat tran to quoc",), words=("mat tran to quoc", "mttq")),
    CLASS.UNIONS: ClassRule(
        office="Người đứng đầu tổ chức chính trị - xã hội",
        bodies=("doan thanh nien", "lien hiep phu nu", "hoi nong dan", "cuu chien binh", "cong doan"),
        words=("to chuc chinh tri",),
    ),
    CLASS.STAFF: ClassRule(
        office="Lãnh đạo cơ quan tham mưu",
        bodies=("ban xay dung dang", "van phong dang uy", "ban to chuc", "ban tuyen giao", "trung tam chinh tri"),
        words=("tham muu",),
    ),
    CLASS.AGENCIES: ClassRule(office="Thủ trưởng cơ quan, đơn vị", kinds=_kinds(UnitKind.AGENCY, UnitKind.HEALTH), words=("co quan, don vi",)),
    CLASS.ENTERPRISES: ClassRule(office="Lãnh đạo doanh nghiệp, hợp tác xã", kinds=_kinds(UnitKind.ENTERPRISE), words=("doanh nghiep",)),
    CLASS.SCHOOLS: ClassRule(office="Hiệu trưởng", kinds=_kinds(UnitKind.SCHOOL), words=("truong hoc",)),
    CLASS.SECRETARIES: ClassRule(office="Bí thư", kinds=frozenset(UnitKind.CELLS), words=("bi thu",)),
    CLASS.HAMLET_HEADS: ClassRule(office="Tổ trưởng tổ dân phố", kinds=_kinds(UnitKind.RESIDENTIAL), words=("to truong",)),
    CLASS.PARTY_MEMBERS: ClassRule(kinds=_kinds(UnitKind.PARTY_BODIES), whole=True, words=("dang vien cac chi bo", "dang vien chi bo cac co quan dang", "chi bo cac co quan dang")),
    CLASS.COMMITTEE_MEMBERS: ClassRule(kinds=_kinds(UnitKind.PEOPLE_COMMITTEE), whole=True, words=("dang vien cac chi bo", "dang bo uy ban nhan dan", "dang bo ubnd")),
    CLASS.MILITARY_MEMBERS: ClassRule(kinds=_kinds(UnitKind.MILITARY), whole=True, words=("dang vien cac chi bo", "chi bo quan su")),
}  # fmt: skip

# The 15 classes in the order of the roll; guests and others are added by hand.
USUAL = tuple(RULES)


def classes_named(folded: str) -> list[str]:
    """The classes that the unmarked text of "thành phần" names, in the order of the roll."""
    return [kind.value for kind, rule in RULES.items() if any(word in folded for word in rule.words)]
