"""Named database constraints with Vietnamese messages, written once."""

from django.db.models import CheckConstraint, F, Q


def set_together(*fields, name, message):
    """All of `fields` are set or all are null: "who" and "when" are one fact."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": False for field in fields})
        | Q(**{f"{field}__isnull": True for field in fields}),
        name=name,
        violation_error_message=message,
    )


def value_in(field, choices, *, name):
    """`field` holds a value of the TextChoices `choices`: Django's own choices do not guard the table."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": list(choices.values)}),
        name=name,
        violation_error_message="Giá trị không nằm trong danh mục cho phép.",
    )


def not_after(earlier, later, *, name, message):
    """`later` is empty or not before `earlier`."""
    return CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)}),
        name=name,
        violation_error_message=message,
    )

