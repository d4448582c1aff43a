"""Checks of the ground floor: the audit chain, text in one form, the tree, references."""

import unicodedata

from django.apps import apps
from django.db import IntegrityError, connection, models

from units.models import Unit
from units.paths import step
from units.sanity import Fault, sanity_check
from units.services.audit_seals import verify_audit_chain

_OURS = ("units", "documents", "campaigns", "reports")


@sanity_check("audit")
def audit_chain():
    """No sealed line was changed, lost or slipped in."""
    for broken in verify_audit_chain():
        yield Fault("audit", "error", broken.sentence)


@sanity_check("nfc")
def text_in_one_form():
    """Every text is NFC, so that what looks equal is equal."""
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        if model._meta.app_label not in _OURS or not names:
            continue
        for pk, *values in model._base_manager.order_by("pk").values_list("pk", *names).iterator():
            for name, value in zip(names, values, strict=True):
                if value and not unicodedata.is_normalized("NFC", value):
                    yield Fault("nfc", "warning", f"{model._meta.verbose_name} {pk}: trường {name} chưa ở dạng NFC.")


@sanity_check("tree")
def paths_follow_parents():
    """Path and depth of every unit are those of its parent."""
    known = {unit.pk: unit for unit in Unit.objects.only("pk", "parent_id", "path", "depth", "name")}
    for unit in known.values():
        parent = known.get(unit.parent_id)
        path, depth = (parent.path if parent else "") + step(unit.pk), parent.depth + 1 if parent else 0
        if (unit.path, unit.depth) != (path, depth):
            yield Fault("tree", "error", f"Đơn vị “{unit.name}” có đường dẫn không khớp cấp trên.")


@sanity_check("references")
def references_lead_somewhere():
    """No row points at a row that is gone (SQLite lets it happen when foreign keys were off)."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield Fault("references", "error", f"Có dòng trỏ đến dòng đã mất: {error}")
