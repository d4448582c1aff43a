"""Every table of the app in one step: the steps it replaces rendered the whole of the models again at each of 270 changes.

An installation that has run some of them runs the rest; a new one runs this.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import units.models.ward
import units.paths
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


TABLE = "cache"


def create(apps, schema_editor):
    """The table of the database cache: log-in limits and used one-time codes hold over all workers."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):

    replaces = [('units', '0001_initial'), ('units', '0002_cache_table'), ('units', '0003_open_sessions'), ('units', '0004_phones_and_passes'), ('units', '0005_conference_counts'), ('units', '0006_letters_by_choice')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_id', models.BigIntegerField(verbose_name='từ dòng')),
                ('last_id', models.BigIntegerField(unique=True, verbose_name='đến dòng')),
                ('events', models.PositiveIntegerField(verbose_name='số dòng')),
                ('digest', models.CharField(max_length=64, verbose_name='giá trị băm')),
                ('sealed_at', models.DateTimeField(verbose_name='niêm lúc')),
            ],
            options={
                'verbose_name': 'niêm nhật ký',
                'verbose_name_plural': 'niêm nhật ký',
                'ordering': ('-last_id',),
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='bộ phận')),
                ('beat_at', models.DateTimeField(verbose_name='chạy lúc')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
            ],
            options={
                'verbose_name': 'nhịp chạy',
                'verbose_name_plural': 'nhịp chạy',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, verbose_name='tên đăng nhập')),
                ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='điện thoại')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='phải đổi mật khẩu')),
                ('temporary_until', models.DateTimeField(blank=True, null=True, verbose_name='mật khẩu tạm có giá trị đến')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ngày tạo')),
                ('session_epoch', models.PositiveIntegerField(default=0, verbose_name='lượt vô hiệu phiên')),
                ('search', models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                'verbose_name': 'người dùng',
                'verbose_name_plural': 'người dùng',
                'ordering': ('full_name', 'pk'),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_unique', violation_error_message='Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='lúc')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='mã người làm')),
                ('actor_label', models.CharField(max_length=160, verbose_name='người làm')),
                ('ward_id', models.BigIntegerField(db_index=True, null=True, verbose_name='mã phường')),
                ('verb', models.CharField(max_length=60, verbose_name='việc')),
                ('object_type', models.CharField(max_length=60, verbose_name='loại đối tượng')),
                ('object_id', models.CharField(max_length=60, verbose_name='mã đối tượng')),
                ('object_label', models.CharField(max_length=300, verbose_name='đối tượng')),
                ('details', models.JSONField(default=dict, verbose_name='chi tiết')),
                ('ip_address', models.CharField(blank=True, max_length=45, verbose_name='địa chỉ')),
            ],
            options={
                'verbose_name': 'dòng nhật ký',
                'verbose_name_plural': 'nhật ký',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='audit_object')],
            },
        ),
        migrations.CreateModel(
            name='LeaderPhone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('pin_mac', models.CharField(editable=False, max_length=64)),
                ('fit', models.CharField(editable=False, max_length=64)),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='thiết bị')),
                ('known_since', models.DateTimeField(verbose_name='nhận biết từ')),
                ('last_seen_at', models.DateTimeField(verbose_name='dùng gần nhất')),
                ('expires_at', models.DateTimeField(verbose_name='nhận biết đến')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='bỏ nhận biết lúc')),
                ('wrong_tries', models.PositiveSmallIntegerField(default=0, verbose_name='số lần nhập sai')),
                ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='tạm khóa đến')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leader_phones', to=settings.AUTH_USER_MODEL, verbose_name='người')),
            ],
            options={
                'verbose_name': 'điện thoại của lãnh đạo',
                'verbose_name_plural': 'điện thoại của lãnh đạo',
                'ordering': ('-last_seen_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='OpenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(editable=False, max_length=40, unique=True)),
                ('fit', models.CharField(editable=False, max_length=64)),
                ('way', models.CharField(choices=[('password', 'Mật khẩu'), ('card', 'Thẻ và mã PIN'), ('phone', 'Điện thoại đã ghi nhớ')], max_length=12, verbose_name='cách vào')),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='máy')),
                ('opened_at', models.DateTimeField(verbose_name='mở lúc')),
                ('seen_at', models.DateTimeField(verbose_name='dùng gần nhất')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='dừng lúc')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người dừng')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL, verbose_name='người')),
            ],
            options={
                'verbose_name': 'phiên đăng nhập',
                'verbose_name_plural': 'phiên đăng nhập',
                'ordering': ('-seen_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['password', 'card', 'phone'])), name='opensession_way_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), _connector='OR'), name='opensession_ended_pair', violation_error_message='Thiếu người hoặc giờ dừng phiên.')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', units.paths.PathField(editable=False, max_length=120, unique=True)),
                ('depth', models.PositiveSmallIntegerField(editable=False)),
                ('kind', models.CharField(choices=[('province', 'Đảng bộ tỉnh'), ('ward', 'Đảng bộ phường, xã'), ('tdp', 'Chi bộ tổ dân phố'), ('dang', 'Chi bộ, đảng bộ các cơ quan Đảng'), ('ubnd', 'Đảng bộ Ủy ban nhân dân'), ('ca', 'Chi bộ, đảng bộ Công an'), ('qs', 'Chi bộ Quân sự'), ('th', 'Chi bộ trường học'), ('yt', 'Chi bộ trạm y tế'), ('dn', 'Chi bộ doanh nghiệp, hợp tác xã'), ('cq', 'Chi bộ cơ quan, đơn vị sự nghiệp'), ('db', 'Đảng bộ cơ sở'), ('cbtt', 'Chi bộ trực thuộc đảng ủy cơ sở'), ('body', 'Cơ quan, tổ chức được giao việc')], max_length=12, verbose_name='loại hình')),
                ('code', models.CharField(max_length=24, verbose_name='mã đơn vị')),
                ('name', models.CharField(max_length=200, verbose_name='tên đầy đủ')),
                ('short_name', models.CharField(max_length=80, verbose_name='tên gọi tắt')),
                ('sign_code', models.CharField(blank=True, max_length=12, verbose_name='ký hiệu văn bản')),
                ('is_party_org', models.BooleanField(default=True, verbose_name='là tổ chức đảng')),
                ('must_report', models.BooleanField(default=True, verbose_name='phải báo cáo')),
                ('must_self_score', models.BooleanField(default=True, verbose_name='phải tự chấm điểm')),
                ('figures_withheld', models.BooleanField(default=False, verbose_name='không công khai số liệu chi tiết')),
                ('member_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số đảng viên')),
                ('exempt_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số được miễn công tác, sinh hoạt')),
                ('usual_meeting_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ngày sinh hoạt thường kỳ')),
                ('active_from', models.DateField(verbose_name='hoạt động từ ngày')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('search', models.CharField(blank=True, editable=False, max_length=320)),
                ('sort_key', models.CharField(blank=True, editable=False, max_length=320)),
                ('in_charge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units_in_charge', to=settings.AUTH_USER_MODEL, verbose_name='cấp ủy viên phụ trách')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit', verbose_name='trực thuộc')),
            ],
            options={
                'verbose_name': 'đơn vị',
                'verbose_name_plural': 'đơn vị',
                'ordering': ('sort_key', 'pk'),
                'indexes': [models.Index(fields=['parent', 'must_report'], name='unit_reporting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['province', 'ward', 'tdp', 'dang', 'ubnd', 'ca', 'qs', 'th', 'yt', 'dn', 'cq', 'db', 'cbtt', 'body'])), name='unit_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='unit_dates_ordered', violation_error_message='Ngày thôi hoạt động phải sau ngày thành lập.'), models.CheckConstraint(condition=models.Q(('usual_meeting_day__isnull', True), ('usual_meeting_day__range', (1, 31)), _connector='OR'), name='unit_meeting_day_in_month', violation_error_message='Ngày sinh hoạt thường kỳ là một số từ 1 đến 31.'), models.UniqueConstraint(fields=('parent', 'code'), name='unit_code_once', violation_error_message='Mã đơn vị này đã dùng cho một đơn vị khác của cùng cấp.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('drafter', 'Soạn thảo'), ('reviewer', 'Thẩm định thể thức'), ('clerk', 'Văn thư'), ('compiler', 'Tổng hợp'), ('leader', 'Lãnh đạo'), ('secretary', 'Bí thư'), ('helper', 'Người nhập giúp'), ('contact', 'Đầu mối'), ('viewer', 'Theo dõi của cấp trên'), ('admin', 'Quản trị')], max_length=12, verbose_name='vai trò')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='chức vụ')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='người')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='units.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'vai trò của người dùng',
                'verbose_name_plural': 'vai trò của người dùng',
                'ordering': ('unit__path', 'role', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['drafter', 'reviewer', 'clerk', 'compiler', 'leader', 'secretary', 'helper', 'contact', 'viewer', 'admin'])), name='membership_role_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_dates_ordered', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('user', 'unit', 'role'), name='membership_open_once', violation_error_message='Người này đang giữ vai trò đó ở đơn vị này.')],
            },
        ),
        migrations.CreateModel(
            name='AccessCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('code_mac', models.CharField(editable=False, max_length=64)),
                ('pin_mac', models.CharField(blank=True, editable=False, max_length=64)),
                ('made_at', models.DateTimeField(verbose_name='làm lúc')),
                ('expires_at', models.DateTimeField(verbose_name='hết hạn nếu chưa dùng')),
                ('first_used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng lần đầu')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng gần nhất')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='hủy lúc')),
                ('wrong_tries', models.PositiveSmallIntegerField(default=0, verbose_name='số lần nhập sai')),
                ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='tạm khóa đến')),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='units.membership', verbose_name='vai trò')),
            ],
            options={
                'verbose_name': 'thẻ truy cập',
                'verbose_name_plural': 'thẻ truy cập',
                'ordering': ('-made_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), _connector='OR'), name='accesscard_cancelled_pair', violation_error_message='Thiếu người hoặc giờ hủy thẻ.')],
            },
        ),
        migrations.CreateModel(
            name='BrowserPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('box', models.TextField(editable=False)),
                ('next_path', models.CharField(max_length=500, verbose_name='trang đang mở')),
                ('fields', models.JSONField(default=dict, verbose_name='chữ đang gõ')),
                ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                ('expires_at', models.DateTimeField(verbose_name='hết hạn')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='dùng lúc')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passes', to='units.accesscard', verbose_name='thẻ')),
            ],
            options={
                'verbose_name': 'lượt chuyển trình duyệt',
                'verbose_name_plural': 'lượt chuyển trình duyệt',
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='thiết bị')),
                ('known_since', models.DateTimeField(verbose_name='nhận biết từ')),
                ('last_seen_at', models.DateTimeField(verbose_name='dùng gần nhất')),
                ('expires_at', models.DateTimeField(verbose_name='nhận biết đến')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='bỏ nhận biết lúc')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='units.accesscard', verbose_name='thẻ')),
            ],
            options={
                'verbose_name': 'điện thoại đã nhận biết',
                'verbose_name_plural': 'điện thoại đã nhận biết',
                'ordering': ('-last_seen_at',),
            },
        ),
        migrations.CreateModel(
            name='Signer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('authority', models.CharField(blank=True, default='T/M BAN THƯỜNG VỤ', max_length=80, verbose_name='quyền hạn ký')),
                ('position', models.CharField(max_length=80, verbose_name='chức vụ')),
                ('active_from', models.DateField(verbose_name='từ ngày')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signers', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'người ký',
                'verbose_name_plural': 'người ký',
                'ordering': ('ward', 'position', 'name'),
                'constraints': [models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='signer_dates_ordered', violation_error_message='Ngày thôi ký phải từ ngày bắt đầu trở đi.')],
            },
        ),
        migrations.CreateModel(
            name='UnitRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('kind', models.CharField(choices=[('province', 'Đảng bộ tỉnh'), ('ward', 'Đảng bộ phường, xã'), ('tdp', 'Chi bộ tổ dân phố'), ('dang', 'Chi bộ, đảng bộ các cơ quan Đảng'), ('ubnd', 'Đảng bộ Ủy ban nhân dân'), ('ca', 'Chi bộ, đảng bộ Công an'), ('qs', 'Chi bộ Quân sự'), ('th', 'Chi bộ trường học'), ('yt', 'Chi bộ trạm y tế'), ('dn', 'Chi bộ doanh nghiệp, hợp tác xã'), ('cq', 'Chi bộ cơ quan, đơn vị sự nghiệp'), ('db', 'Đảng bộ cơ sở'), ('cbtt', 'Chi bộ trực thuộc đảng ủy cơ sở'), ('body', 'Cơ quan, tổ chức được giao việc')], max_length=12, verbose_name='loại hình')),
                ('name', models.CharField(max_length=200, verbose_name='tên đầy đủ')),
                ('short_name', models.CharField(max_length=80, verbose_name='tên gọi tắt')),
                ('member_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số đảng viên')),
                ('exempt_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số được miễn công tác, sinh hoạt')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='trực thuộc')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='units.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'lần thay đổi của đơn vị',
                'verbose_name_plural': 'các lần thay đổi của đơn vị',
                'ordering': ('unit', '-effective_from'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['province', 'ward', 'tdp', 'dang', 'ubnd', 'ca', 'qs', 'th', 'yt', 'dn', 'cq', 'db', 'cbtt', 'body'])), name='unitrevision_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.UniqueConstraint(fields=('unit', 'effective_from'), name='unitrevision_one_a_day', violation_error_message='Đơn vị này đã có một lần thay đổi từ ngày đó.')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên địa điểm')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='địa chỉ')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='sức chứa (người)')),
                ('is_default', models.BooleanField(default=False, verbose_name='địa điểm thường dùng')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'địa điểm',
                'verbose_name_plural': 'địa điểm',
                'ordering': ('ward', '-is_default', 'name'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('ward',), name='venue_one_default', violation_error_message='Phường đã có một địa điểm thường dùng khác.')],
            },
        ),
        migrations.CreateModel(
            name='WardSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('superior_heading', models.CharField(max_length=120, verbose_name='tên cơ quan cấp trên trên văn bản')),
                ('committee_heading', models.CharField(max_length=120, verbose_name='tên cơ quan ban hành trên văn bản')),
                ('place_name', models.CharField(max_length=60, verbose_name='địa danh')),
                ('superior_name', models.CharField(max_length=120, verbose_name='cấp ủy cấp trên')),
                ('sign_code', models.CharField(default='ĐU', max_length=12, verbose_name='ký hiệu cơ quan')),
                ('term_name', models.CharField(max_length=30, verbose_name='nhiệm kỳ')),
                ('term_starts_on', models.DateField(verbose_name='nhiệm kỳ từ ngày')),
                ('term_ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('office_phone', models.CharField(blank=True, max_length=20, verbose_name='điện thoại văn phòng')),
                ('deadline_reading', models.CharField(choices=[('tolerant', 'Nới: nhận trong ngày D là “đúng ngày hạn”'), ('strict', 'Chặt: nhận trong ngày D là quá hạn')], default='tolerant', max_length=10, verbose_name='cách hiểu “trước ngày”')),
                ('remind_at', models.TimeField(default='07:30', verbose_name='giờ gửi nhắc việc')),
                ('counts_at_conference', models.BooleanField(default=True, verbose_name='tính người dự hội nghị phường cho đơn vị dự cả tập thể')),
                ('conference_kinds', models.JSONField(blank=True, default=units.models.ward.attending_whole, verbose_name='loại đơn vị được tính ở hội nghị phường')),
                ('live_figures_open', models.BooleanField(default=False, verbose_name='cho cấp trên xem số liệu đang cập nhật')),
                ('is_demonstration', models.BooleanField(default=False, verbose_name='dữ liệu trình diễn')),
                ('ward', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ward_settings', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'thiết lập của phường',
                'verbose_name_plural': 'thiết lập của các phường',
                'ordering': ('ward',),
                'constraints': [models.CheckConstraint(condition=models.Q(('deadline_reading__in', ['tolerant', 'strict'])), name='wardsettings_reading_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('term_ends_on__isnull', True), ('term_ends_on__gte', models.F('term_starts_on')), _connector='OR'), name='wardsettings_term_ordered', violation_error_message='Ngày hết nhiệm kỳ phải sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(error_messages={'unique': 'Ngày này đã có trong lịch.'}, unique=True, verbose_name='ngày')),
                ('kind', models.CharField(choices=[('off', 'Nghỉ'), ('make_up', 'Làm bù')], max_length=8, verbose_name='loại ngày')),
                ('name', models.CharField(max_length=120, verbose_name='lý do')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='văn bản căn cứ')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='xác nhận lúc')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'verbose_name_plural': 'lịch nghỉ và làm bù',
                'ordering': ('day',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['off', 'make_up'])), name='calendarday_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), _connector='OR'), name='calendarday_confirmed_pair', violation_error_message='Thiếu người hoặc giờ xác nhận.')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='loại việc')),
                ('title', models.CharField(max_length=200, verbose_name='việc')),
                ('arguments', models.JSONField(default=dict, verbose_name='tham số')),
                ('state', models.CharField(choices=[('waiting', 'Đang chờ'), ('running', 'Đang chạy'), ('done', 'Đã xong'), ('failed', 'Không thực hiện được')], default='waiting', max_length=8, verbose_name='trạng thái')),
                ('done_count', models.PositiveIntegerField(default=0, verbose_name='đã xong')),
                ('total_count', models.PositiveIntegerField(default=0, verbose_name='tổng số')),
                ('result_name', models.CharField(blank=True, max_length=200, verbose_name='tên tệp')),
                ('result_path', models.CharField(blank=True, editable=False, max_length=200)),
                ('problem', models.CharField(blank=True, max_length=500, verbose_name='lý do không xong')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='số lần chạy')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='giữ đến')),
                ('asked_at', models.DateTimeField(verbose_name='yêu cầu lúc')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='xong lúc')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='người yêu cầu')),
            ],
            options={
                'verbose_name': 'việc chạy nền',
                'verbose_name_plural': 'việc chạy nền',
                'ordering': ('-asked_at',),
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['asked_at'], name='job_pending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='job_state_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
