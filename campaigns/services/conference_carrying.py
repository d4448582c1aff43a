"""What a conference that is merged into another brings along: lines written by hand, and answers already given."""

from campaigns.choices import Reply
from campaigns.models import Conference, ConferenceClass, Invitee
from documents.search import fold

_LINE = ("unit_id", "person_id", "name", "office", "whole", "heads", "by_hand")
_ANSWER = ("reply", "reply_note", "deputy_name", "deputy_office", "replied_at", "reply_outdated")


def carry_left_out(*, kept: Conference, gone: Conference) -> None:
    """Whom the office took off the list of `gone` stays off in classes that `kept` convenes only from now on."""
    for one in (kept, gone):
        one.refresh_from_db(fields=["left_out"])
    own = set(kept.classes.values_list("kind", flat=True))
    kept.left_out = [*kept.left_out, *(one for one in gone.left_out if one[0] not in own)]
    kept.save(update_fields=["left_out"])


def carry_lines(*, kept: Conference, gone: Conference, same_time: bool) -> int:
    """Write into the list of `kept` the lines of `gone` that a person wrote or answered; returns how many were carried.

    `kept` convenes the classes of `gone` already. Who stands in both keeps one line, with the answer given to either; an
    answer given for another time or place (`same_time` false) is marked and asked again. The lines of `gone` stay as they
    are: its letters speak of them. Five queries whatever the length of the lists.
    """
    groups = {one.kind: one for one in ConferenceClass.objects.filter(conference=kept)}
    here = {}
    last = {}
    for line in kept.invitees.select_related("group").order_by("pk"):
        here |= dict.fromkeys(_names(line), line)
        last[line.group_id] = max(last.get(line.group_id, 0), line.position)
    answered, new = [], []
    for line in gone.invitees.select_related("group").order_by("group__position", "position", "pk"):
        known = next((here[name] for name in _names(line) if name in here), None)
        if known is None and (line.by_hand or line.reply != Reply.NONE):
            group = groups[line.group.kind]
            last[group.pk] = last.get(group.pk, 0) + 1
            known = Invitee(
                conference=kept, group=group, position=last[group.pk], **{one: getattr(line, one) for one in _LINE}
            )
            here |= dict.fromkeys(_names(known), known)
            new.append(known)
        elif known is not None and known.pk and line.reply != Reply.NONE and known.reply == Reply.NONE:
            answered.append(known)
        if known is not None and line.reply != Reply.NONE and known.reply == Reply.NONE:
            for name in _ANSWER:
                setattr(known, name, getattr(line, name))
            known.reply_outdated |= not same_time
    Invitee.objects.bulk_create(new)
    Invitee.objects.bulk_update(answered, _ANSWER)
    return len(new) + len(answered)


def _names(line: Invitee) -> list[tuple]:
    """By what the same guest, office or unit is known in another list."""
    written = ("written", line.group.kind, line.unit_id, fold(line.name), fold(line.office))
    if line.person_id:
        return [("person", line.person_id), written]
    if line.unit_id and not line.by_hand:
        return [("unit", line.group.kind, line.unit_id), written]
    return [written]
