"""The audit trail in sentences: verb of services/audit.py -> what the person reads."""

from dataclasses import dataclass

from units.models import AuditEvent

VERBS = {
    "assignment.accepted": "ghi đã tiếp nhận, việc",
    "assignment.appraised": "ghi đã thẩm định, việc",
    "assignment.cancelled": "hủy việc",
    "assignment.doing": "ghi đang thực hiện, việc",
    "assignment.done": "ghi đã xong, việc",
    "assignment.excuse": "ghi nhận lý do chậm của",
    "assignment.exempt": "miễn việc",
    "assignment.extend": "gia hạn việc",
    "assignment.extended": "gia hạn việc",
    "assignment.progress": "cập nhật tiến độ",
    "assignment.returned": "trả lại việc",
    "assignment.studied": "ghi đã học, việc",
    "assignment.submitted": "ghi đã nộp, việc",
    "assignment.todo": "ghi chưa thực hiện, việc",
    "assignment.waiting": "ghi chờ, việc",
    "book.open": "mở sổ văn bản",
    "book.start": "đổi số bắt đầu của sổ",
    "calendar.confirm": "xác nhận ngày trong lịch",
    "calendar.remove": "bỏ khỏi lịch",
    "calendar.save": "ghi vào lịch",
    "card.cancel": "hủy thẻ",
    "card.change_browser": "chuyển sang trình duyệt khác bằng thẻ",
    "card.first_use": "dùng lần đầu thẻ",
    "card.make": "làm thẻ",
    "card.rest": "tạm khóa thẻ do nhập sai mã",
    "card.unlock": "mở khóa thẻ",
    "device.forget": "bỏ nhận biết điện thoại",
    "device.remember": "nhận biết điện thoại",
    "directive.attach": "đính tệp vào văn bản cấp trên",
    "directive.register": "đăng ký văn bản cấp trên",
    "directive.revise": "sửa thông tin văn bản cấp trên",
    "directive.unverified": "đánh dấu chưa đối chiếu bản chính",
    "dispatch.received": "ghi đã nhận, nơi nhận",
    "dispatch.sent": "ghi đã gửi, nơi nhận",
    "draft.create": "soạn",
    "draft.discard": "bỏ dự thảo",
    "draft.edit": "sửa dự thảo",
    "evidence.add": "gửi kèm tệp",
    "evidence.remove": "bỏ tệp",
    "file.discard": "xóa tệp",
    "file.store": "lưu tệp",
    "filing.amend": "mở lại báo cáo",
    "filing.drop": "bỏ bản nháp",
    "filing.keep": "giữ bản đã lưu, để bên bản kia",
    "filing.choose": "chọn bản để bên",
    "filing.open": "mở báo cáo",
    "job.ask": "yêu cầu việc chạy nền",
    "number.take": "ghi sổ",
    "paper.dispatches": "lập danh sách gửi của",
    "paper.issue": "phát hành",
    "paper.scan": "đính bản đã ký của",
    "paper.withdraw": "thu hồi",
    "password.change": "đổi mật khẩu của",
    "password.reset": "đặt lại mật khẩu của",
    "person.create": "thêm người dùng",
    "person.disable": "khóa tài khoản",
    "person.enable": "mở lại tài khoản",
    "person.revise": "sửa thông tin người dùng",
    "person.unlock": "bỏ tạm khóa đăng nhập của",
    "phone.forget": "bỏ nhận biết điện thoại lãnh đạo",
    "phone.remember": "ghi nhớ điện thoại lãnh đạo",
    "phone.rest": "tạm khóa điện thoại do nhập sai mã",
    "plan.approve": "duyệt kế hoạch",
    "plan.ask": "chọn nội dung hỏi của kế hoạch",
    "plan.close": "kết thúc kế hoạch",
    "plan.comment": "góp ý về kế hoạch",
    "plan.comment_done": "xử lý góp ý về kế hoạch",
    "plan.draft": "soạn kế hoạch",
    "plan.import": "nhập kế hoạch từ tệp",
    "plan.expand": "giao việc cho các đơn vị theo kế hoạch",
    "plan.issue": "ban hành kế hoạch",
    "plan.pin_rubric": "gắn bộ tiêu chí cho kế hoạch",
    "plan.reopen": "mở lại kế hoạch",
    "plan.return": "trả lại kế hoạch",
    "plan.save": "lưu kế hoạch",
    "plan.redraft": "soạn kế hoạch từ kế hoạch cũ",
    "plan.scan": "đính bản đã ký của kế hoạch",
    "plan.submit": "trình kế hoạch",
    "plan.take_in": "đưa văn bản vào kế hoạch",
    "plan.withdraw": "thu hồi kế hoạch",
    "reminders.release": "cho gửi lại nhắc việc",
    "report.draft": "lập báo cáo tổng hợp",
    "report.edit": "sửa báo cáo tổng hợp",
    "report.issue": "ban hành báo cáo tổng hợp",
    "report.join_remarks": "gộp ý kiến trong báo cáo tổng hợp",
    "report.part_remarks": "tách ý kiến trong báo cáo tổng hợp",
    "report.refresh": "cập nhật số liệu báo cáo tổng hợp",
    "role.end": "kết thúc vai trò",
    "role.give": "giao vai trò",
    "role.hand_over": "bàn giao vai trò",
    "rubric.activate": "đưa vào áp dụng bộ tiêu chí",
    "rubric.check": "đối chiếu bản chính bộ tiêu chí",
    "rubric.copy": "lập phiên bản mới của bộ tiêu chí",
    "rubric.delete": "bỏ bản thảo bộ tiêu chí",
    "rubric.edit": "sửa bản thảo bộ tiêu chí",
    "rubric.load": "nạp bộ tiêu chí",
    "rubric.withdraw": "thu lại bộ tiêu chí",
    "second_factor.reset": "đặt lại xác thực hai lớp của",
    "session.correct": "sửa buổi học",
    "session.end": "dừng phiên đăng nhập",
    "session.end_all": "dừng mọi máy đang mở của",
    "session.end_others": "dừng các máy khác đang mở của",
    "session.open": "đăng nhập",
    "session.open_by_card": "đăng nhập bằng thẻ",
    "session.open_by_phone": "đăng nhập bằng điện thoại đã ghi nhớ",
    "session.record": "ghi buổi học",
    "settings.signer": "lưu người ký",
    "settings.venue": "lưu địa điểm",
    "settings.ward": "đổi thiết lập",
    "snippet.restore": "khôi phục mẫu câu",
    "snippet.rewrite": "sửa mẫu câu",
    "submission.accept": "tiếp nhận kết quả",
    "submission.appraise": "thẩm định kết quả",
    "submission.appraise_again": "thẩm định lại kết quả",
    "submission.confirm": "xác nhận kết quả",
    "submission.return": "đề nghị bổ sung kết quả",
    "submission.signed_scan": "lưu bản giấy ký của kết quả",
    "submission.signed_copy": "đính bản ký của kết quả",
    "submission.submit": "nộp kết quả",
    "unit.call": "ghi cuộc gọi với",
    "unit.close": "ghi thôi hoạt động",
    "unit.create": "lập đơn vị",
    "unit.facts": "sửa thông tin đơn vị",
    "unit.import": "nhập danh sách đơn vị",
    "unit.revise": "ghi thay đổi của đơn vị",
    "ward.set_up": "thiết lập ban đầu",
}
_LABELS = {
    "reason": "lý do", "basis": "căn cứ", "number": "số", "from": "từ", "to": "đến", "on": "ngày", "role": "vai trò",
    "unit": "đơn vị", "day": "ngày", "until": "đến ngày", "code": "mã",
}  # fmt: skip


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit page."""

    event: AuditEvent
    sentence: str
    note: str


def audit_line(event: AuditEvent) -> AuditLine:
    """The event as "Văn thư ban hành kế hoạch: Kế hoạch số 12-KH/ĐU." with the details a person understands."""
    act = VERBS.get(event.verb, f"làm việc “{event.verb}” với")
    hidden = {"from", "to"} if event.verb.startswith("assignment.") else set()  # codes of states; the verb says it
    notes = [
        f"{_LABELS[key]}: {value}"
        for key, value in event.details.items()
        if key in _LABELS and key not in hidden and value not in ("", None)
    ]
    return AuditLine(event=event, sentence=f"{event.actor_label} {act}: {event.object_label.rstrip('. ')}.", note="; ".join(notes))
