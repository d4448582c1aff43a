"""Named permissions and the roles that hold them: the table of who may do what.

Default deny. A role given at a ward reaches everything below the ward; a role given at a unit reaches that unit and its
children. Foreign objects are 404 (visible_to), forbidden acts are 403 (Access.require).
"""

from enum import StrEnum

from units.choices import Role


class Permission(StrEnum):
    """One act or one kind of reading; the value goes into the audit trail."""

    READ_WARD = "read_ward"
    REGISTER_DIRECTIVE = "register_directive"
    DRAFT_PAPER = "draft_paper"
    RETURN_DRAFT = "return_draft"
    APPROVE_PAPER = "approve_paper"
    ISSUE_PAPER = "issue_paper"
    KEEP_DISPATCH = "keep_dispatch"
    KEEP_BOOKS = "keep_books"
    HANDLE_RESULTS = "handle_results"
    ENTER_ON_BEHALF = "enter_on_behalf"
    MOVE_DEADLINES = "move_deadlines"
    REMIND = "remind"
    COMPILE_REPORT = "compile_report"
    CALL_CONFERENCE = "call_conference"
    REPORT_UNIT = "report_unit"
    CONFIRM_UNIT = "confirm_unit"
    DO_DUTY = "do_duty"
    READ_ISSUED_FIGURES = "read_issued_figures"
    TAKE_IN_FIGURES = "take_in_figures"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_UNITS = "manage_units"
    MANAGE_SETTINGS = "manage_settings"
    READ_AUDIT = "read_audit"
    READ_HEALTH = "read_health"


# Held by the people of a unit for that unit alone, in whichever ward it lies.
OF_A_UNIT = frozenset({Permission.REPORT_UNIT, Permission.CONFIRM_UNIT, Permission.DO_DUTY})

_DRAFTER = frozenset({Permission.READ_WARD, Permission.REGISTER_DIRECTIVE, Permission.DRAFT_PAPER})

ROLE_PERMISSIONS = {
    Role.DRAFTER: _DRAFTER,
    Role.REVIEWER: _DRAFTER | {Permission.RETURN_DRAFT},
    Role.CLERK: frozenset(
        {Permission.READ_WARD, Permission.ISSUE_PAPER, Permission.KEEP_DISPATCH, Permission.KEEP_BOOKS, Permission.READ_HEALTH}
    ),
    Role.COMPILER: frozenset(
        {
            Permission.READ_WARD,
            Permission.HANDLE_RESULTS,
            Permission.ENTER_ON_BEHALF,
            Permission.MOVE_DEADLINES,
            Permission.REMIND,
            Permission.COMPILE_REPORT,
            Permission.CALL_CONFERENCE,
        }
    ),
    Role.LEADER: frozenset({Permission.READ_WARD, Permission.RETURN_DRAFT, Permission.APPROVE_PAPER}),
    Role.SECRETARY: frozenset({Permission.REPORT_UNIT, Permission.CONFIRM_UNIT, Permission.DO_DUTY}),
    Role.HELPER: frozenset({Permission.REPORT_UNIT, Permission.DO_DUTY}),
    Role.CONTACT: frozenset({Permission.DO_DUTY}),
    Role.VIEWER: frozenset({Permission.READ_ISSUED_FIGURES, Permission.TAKE_IN_FIGURES}),
    Role.ADMIN: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.MANAGE_UNITS,
            Permission.MANAGE_SETTINGS,
            Permission.READ_AUDIT,
            Permission.READ_HEALTH,
        }
    ),
}

ROLE_DESCRIPTIONS = {
    Role.DRAFTER: "Đọc toàn phường; đăng ký văn bản cấp trên; soạn và trình mọi văn bản.",
    Role.REVIEWER: "Như soạn thảo; thẩm định thể thức; trả lại dự thảo.",
    Role.CLERK: "Cấp số, ghi ban hành; danh sách gửi, bản đã ký; sổ văn bản đi.",
    Role.COMPILER: "Tiếp nhận, trả lại, thẩm định kết quả; gia hạn, miễn; nhập hộ; nhắc việc; hội nghị; lập báo cáo tổng hợp.",
    Role.LEADER: "Đọc toàn phường; duyệt hoặc trả lại kế hoạch, báo cáo.",
    Role.SECRETARY: "Báo cáo của đơn vị mình và đơn vị trực thuộc; nhiệm vụ và văn bản gửi cho đơn vị.",
    Role.HELPER: "Như bí thư, trừ bước bí thư xác nhận.",
    Role.CONTACT: "Nhiệm vụ của cơ quan mình trong mọi kế hoạch; văn bản gửi cho cơ quan.",
    Role.VIEWER: "Số liệu đã ban hành của các phường, xã; số liệu đang cập nhật nếu phường mở; nhập, rút lại tệp số liệu của nơi dùng chương trình riêng.",
    Role.ADMIN: "Tài khoản, thẻ, đơn vị, bộ tiêu chí, mẫu câu, lịch, thiết lập; không soạn văn bản, không nộp báo cáo.",
}
