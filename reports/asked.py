"""Which questions of the results step a plan asks: the usual choice by kind and words, and the fields of each group.

The order of groups and fields is that of the page on the phone and of the printed form.
"""

import re

from campaigns.choices import PlanKind
from reports.choices import ResultGroup as Group

COUNTS_OF = {
    Group.ESSAYS: ("essays_due", "essays_handed", "essays_done"),
    Group.QUIZ: ("quiz_taken", "quiz_passed"),
    Group.PROPAGANDA: (
        "oral_sessions",
        "oral_listeners",
        "broadcast_items",
        "broadcasts",
        "online_posts",
        "online_reach",
        "visual_items",
        "leaflets",
        "group_meetings",
        "group_listeners",
    ),
}
WORDS_OF = {
    Group.OWN_PAPER: ("own_resolution",),
    Group.REMARKS: ("strengths", "limits", "causes", "opinions", "proposals"),
    Group.GOOD_MODELS: ("good_models",),
}
LISTS_OF = {Group.WORKS: ("works",), Group.REMARKS: ("limit_picks",)}
FIELDS_OF = {group: (*COUNTS_OF.get(group, ()), *WORDS_OF.get(group, ()), *LISTS_OF.get(group, ())) for group in Group}
GROUP_OF = {name: group for group, names in FIELDS_OF.items() for name in names}

# what, who and by when of each registered work as fields of the form; the first bears the name by which the office
# returns a report
WORK_FIELDS = tuple((f"concrete_work{n}", f"work_who{n}", f"work_by{n}") for n in ("", "_2", "_3"))

TESTED = frozenset({Group.ESSAYS, Group.QUIZ})  # counted in heads: not asked of a unit that keeps its figures to itself

_ALWAYS = {Group.REMARKS, Group.GOOD_MODELS, Group.EVIDENCE}
_AFTER_STUDY = _ALWAYS | {Group.WORKS, Group.OWN_PAPER, Group.PROPAGANDA}
_BY_KIND = {PlanKind.STUDY: _AFTER_STUDY, PlanKind.IMPLEMENTATION: _AFTER_STUDY, PlanKind.REVIEW: _ALWAYS}
_BY_WORDS = (
    (Group.ESSAYS, re.compile(r"viết (?:bài )?thu hoạch|bài thu hoạch", re.IGNORECASE)),
    (Group.QUIZ, re.compile(r"kiểm tra nhận thức|trắc nghiệm|thi tìm hiểu", re.IGNORECASE)),
    (Group.PROPAGANDA, re.compile(r"tuyên truyền", re.IGNORECASE)),
    (Group.WORKS, re.compile(r"đăng ký (?:việc|nội dung)|việc làm cụ thể", re.IGNORECASE)),
    (Group.OWN_PAPER, re.compile(r"cụ thể hóa|nghị quyết chuyên đề", re.IGNORECASE)),
)


def usual_groups(*, kind, essay_required, words):
    """The groups a plan asks while the office has not chosen: by its kind, and by what its duties (`words`) speak of."""
    groups = set(_BY_KIND.get(kind, _ALWAYS))
    if essay_required:
        groups.add(Group.ESSAYS)
    return frozenset(groups | {group for group, pattern in _BY_WORDS if pattern.search(words)})


def only_asked(figures, groups):
    """`figures` (fields of Submission) without the answers to what is not asked: those stay "chưa có số liệu"."""
    return {name: value for name, value in figures.items() if name not in GROUP_OF or GROUP_OF[name] in groups}


def typed_works(works):
    """Registered works back as the fields of the form."""
    typed = {}
    for names, work in zip(WORK_FIELDS, works, strict=False):
        typed |= dict(zip(names, (work.get("what", ""), work.get("who", ""), work.get("by", "")), strict=True))
    return typed


# what a cell of a đảng bộ cơ sở gives beside its heads: all but the paper and the photos, which are the đảng bộ's own
OF_CELLS = (Group.ESSAYS, Group.QUIZ, Group.PROPAGANDA, Group.WORKS, Group.REMARKS, Group.GOOD_MODELS)
