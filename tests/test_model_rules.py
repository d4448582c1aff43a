"""Rules that every model keeps (house rules 6 to 10)."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils.text import camel_case_to_spaces

from tests.source import APPS

pytestmark = pytest.mark.once

# Fields that come in such a pair of names without being one: "Model.field" -> why.
NOT_PAIRED: dict[str, str] = {}


def our_models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def field_names(model):
    return {field.name: field for field in model._meta.local_fields}


def mentioned(condition):
    """Field names that a constraint's condition speaks of."""
    for child in getattr(condition, "children", []):
        if isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield from mentioned(child)


def checks(model):
    return [
        set(mentioned(rule.condition)) for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)
    ]


def test_models_say_what_they_are():
    silent = []
    for model in our_models():
        meta = model._meta
        if str(meta.verbose_name) == camel_case_to_spaces(model.__name__):
            silent.append(f"{model.__name__}: verbose_name")
        if model.__str__ is models.Model.__str__:
            silent.append(f"{model.__name__}: __str__")
        if not meta.ordering:
            silent.append(f"{model.__name__}: ordering")
        if not (model.__doc__ or "").strip() or model.__doc__.startswith(f"{model.__name__}("):
            silent.append(f"{model.__name__}: docstring")
    assert silent == []


def test_choices_are_guarded_by_the_table():
    bare = [
        f"{model.__name__}.{name}"
        for model in our_models()
        for name, field in field_names(model).items()
        if field.choices and not any(name in rule for rule in checks(model))
    ]
    assert bare == []


def test_who_and_when_are_a_pair():
    odd = []
    for model in our_models():
        fields = field_names(model)
        for name, who in fields.items():
            if (
                not name.endswith("_by")
                or not isinstance(who, models.ForeignKey)
                or f"{model.__name__}.{name}" in NOT_PAIRED
            ):
                continue
            when = fields.get(f"{name.removesuffix('_by')}_at") or fields.get(f"{name.removesuffix('_by')}_on")
            if when is None or when.null != who.null:
                odd.append(f"{model.__name__}.{name}")
            elif who.null and not any({name, when.name} <= rule for rule in checks(model)):
                odd.append(f"{model.__name__}.{name}: no constraint")
    assert odd == []


def test_authorship_is_protected():
    """A person who did something cannot be deleted, nor forgotten by SET_NULL."""
    loose = [
        f"{model.__name__}.{name}"
        for model in our_models()
        for name, field in field_names(model).items()
        if isinstance(field, models.ForeignKey)
        and (name.endswith("_by") or field.remote_field.on_delete is models.SET_NULL)
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


def test_labels_are_vietnamese():
    """A field that people see has a label of its own; without one Django would show the English name."""
    english = [
        f"{model.__name__}.{name}"
        for model in our_models()
        for name, field in field_names(model).items()
        if field.editable
        and not field.auto_created
        and str(field.verbose_name) == name.replace("_", " ")
        and name not in {"password"}
    ]
    assert english == []


@pytest.mark.parametrize("app", APPS)
def test_migrations_are_named(app):
    """0002_auto_... says nothing to the person who has to decide whether an upgrade is safe."""
    folder = apps.get_app_config(app).path
    names = [path.stem for path in Path(folder, "migrations").glob("0*.py")]
    assert [name for name in names if "_auto_" in name] == []
