"""What the office's lists share where many reports are handled in one act: who is meant, what came of it, and back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from reports.wording import joined

MOST_NAMED = 5


def back_to(request, name, fallback=""):
    """The list `name` with the filter and the page it was shown with: they stand in the address the form was sent to."""
    query = request.GET.urlencode() or fallback
    return redirect(f"{reverse(name)}?{query}" if query else name)


def tell_handled(request, form, handled, done):
    """Say how many were handled (`done`: the sentence), and of the others how many and why not."""
    unseen = form.unseen()
    gone = max((form.cleaned_data["moi"] or 0) - len(handled.done) - len(handled.passed), 0)
    if handled.done:
        messages.success(request, done)
    why = _passed_words(handled.passed)
    if gone:
        why.append(f"{gone} báo cáo khác vừa được đồng chí khác xử lý.")
    if unseen:
        why.append(f"{unseen} báo cáo đến sau khi đồng chí mở trang nên để lại cho đồng chí xem.")
    if not handled.done and not why:
        why = ["Không có báo cáo nào chờ xử lý."]
    if why:
        messages.warning(request, " ".join(why))


def _passed_words(rows):
    if not rows:
        return []
    named = [f"{one.unit.short_name} ({one.get_state_display().lower()})" for one in rows[:MOST_NAMED]]
    more = [f"{len(rows) - MOST_NAMED} báo cáo khác"] if len(rows) > MOST_NAMED else []
    return [f"{len(rows)} báo cáo để nguyên vì không chờ việc này: {joined([*named, *more])}."]
