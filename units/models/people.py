"""People who hold an account or a card, and what they are at which unit."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from units.choices import Role
from units.constraints import not_after, value_in
from units.passwords import normalise


class UserManager(BaseUserManager):
    """Makes accounts; names are compared without regard to case."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)

    def create_user(self, username, *, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person the ward knows by name, position and telephone because they hold an account or a card.

    Members are never listed here (decisions: store counts, not people). Changed by services/people.py only.
    """

    username = models.CharField("tên đăng nhập", max_length=60)
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    temporary_until = models.DateTimeField("mật khẩu tạm có giá trị đến", null=True, blank=True)
    date_joined = models.DateTimeField("ngày tạo", default=timezone.now)
    session_epoch = models.PositiveIntegerField("lượt vô hiệu phiên", default=0)
    search = models.CharField(max_length=200, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)

    objects = UserManager()

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ("full_name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique",
                violation_error_message="Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
            )
        ]

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        return self.full_name

    def set_password(self, raw_password):
        super().set_password(normalise(raw_password))

    def check_password(self, raw_password):
        return super().check_password(normalise(raw_password))

    def get_session_auth_hash(self):
        """Cookies end when the password changes or the account is handed over (session_epoch)."""
        return f"{super().get_session_auth_hash()}{self.session_epoch}"


class MembershipQuerySet(models.QuerySet):
    def current(self, *, on):
        """In force on the day `on`, of people whose account is in use."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, user__is_active=True
        )


class Membership(models.Model):
    """One role of one person at one unit, from a day to a day. Changed by services/people.py only."""

    user = models.ForeignKey("units.User", models.PROTECT, related_name="memberships", verbose_name="người")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò của người dùng"
        verbose_name_plural = "vai trò của người dùng"
        ordering = ("unit__path", "role", "pk")
        constraints = [
            value_in("role", Role, name="membership_role_known"),
            not_after(
                "starts_on", "ends_on", name="membership_dates_ordered", message="Ngày kết thúc phải từ ngày bắt đầu trở đi."
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
                violation_error_message="Người này đang giữ vai trò đó ở đơn vị này.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
