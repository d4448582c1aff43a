"""Kinds of Party papers with their signs, and the states of what is kept about them."""

from enum import nonmember

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """Kinds the ward writes or cites; the value is the sign in a number (format.md 6)."""

    RESOLUTION = "NQ", "Nghị quyết"
    DIRECTIVE = "CT", "Chỉ thị"
    CONCLUSION = "KL", "Kết luận"
    DECISION = "QĐ", "Quyết định"
    REGULATION = "QĐi", "Quy định"
    PLAN = "KH", "Kế hoạch"
    REPORT = "BC", "Báo cáo"
    LETTER = "CV", "Công văn"
    NOTICE = "TB", "Thông báo"
    PROPOSAL = "TTr", "Tờ trình"
    GUIDANCE = "HD", "Hướng dẫn"
    PROGRAMME = "CTr", "Chương trình"
    ACTION_PROGRAMME = "CTrHĐ", "Chương trình hành động"
    INVITATION = "GM", "Giấy mời"
    MINUTES = "BB", "Biên bản"
    COPY = "BS", "Bản sao"

    # What a unit makes known to its members and says so; a letter, an invitation or a report asks for no such word.
    MADE_KNOWN = nonmember(frozenset({"NQ", "CT", "KL", "QĐ", "QĐi", "KH", "TB", "HD", "CTr", "CTrHĐ", "BS"}))

    @property
    def sign(self):
        """The sign printed before the slash: quyết định and quy định share QĐ, both kinds of programme share CTr."""
        return {"QĐi": "QĐ", "CTrHĐ": "CTr"}.get(self.value, self.value)


class Urgency(TextChoices):
    """Stamps for papers in a hurry, printed under the number (format.md 3.11)."""

    URGENT = "khan", "KHẨN"
    VERY_URGENT = "thuong_khan", "THƯỢNG KHẨN"
    EXPRESS = "hoa_toc", "HỎA TỐC"


class CopyKind(TextChoices):
    """The three kinds of copies of a signed paper (format.md 3.12)."""

    TRUE_COPY = "sao_y", "Sao y bản chính"
    RECORDED = "sao_luc", "Sao lục"
    EXTRACT = "trich_sao", "Trích sao"


class DraftState(TextChoices):
    """Where a paper other than a plan or a report stands."""

    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đã phát hành"


class NumberState(TextChoices):
    """What became of a number of the book; a number is never used twice, a gap is explained."""

    ISSUED = "issued", "Đã phát hành"
    RESERVED = "reserved", "Dùng cho văn bản quản lý riêng"
    VOID = "void", "Bỏ, có lý do"


class FilePurpose(TextChoices):
    """What an uploaded file is for; decides which types are taken."""

    DIRECTIVE = "directive", "Văn bản của cấp trên"
    SCAN = "scan", "Bản đã ký"
    PRODUCT = "product", "Sản phẩm của nhiệm vụ"
    EVIDENCE = "evidence", "Biên bản, ảnh buổi học"
    PAPER = "paper", "Bản in của chương trình"


class FindingSeverity(TextChoices):
    """How grave a remark on a paper is; the values are those of documents.checks."""

    ERROR = "error", "Lỗi"
    WARNING = "warning", "Cần xem lại"
    INFO = "info", "Lưu ý"


class DispatchChannel(TextChoices):
    """How the office sent a paper to an addressee; units also have it in the program from the moment of issue."""

    PAPER = "paper", "Bản giấy"
    NETWORK = "network", "Hệ thống điều hành tác nghiệp"
    EMAIL = "email", "Thư điện tử công vụ"
    PROGRAM = "program", "Trong chương trình"
