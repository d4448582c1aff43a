"""Every table of the app in one step: the steps it replaces rendered the whole of the models again at each of 270 changes.

An installation that has run some of them runs the rest; a new one runs this.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_paper_drafts'), ('documents', '0003_check_severities'), ('documents', '0004_send_and_receipt'), ('documents', '0005_corrections_and_addressees')]

    initial = True

    dependencies = [
        ('units', '0001_squashed_0006_letters_by_choice'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind_sign', models.CharField(max_length=6, verbose_name='ký hiệu loại văn bản')),
                ('body_sign', models.CharField(max_length=12, verbose_name='ký hiệu cơ quan')),
                ('term_name', models.CharField(max_length=30, verbose_name='nhiệm kỳ')),
                ('first_number', models.PositiveIntegerField(default=1, verbose_name='số bắt đầu')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='number_books', to='units.unit', verbose_name='cơ quan ban hành')),
            ],
            options={
                'verbose_name': 'sổ văn bản đi',
                'verbose_name_plural': 'các sổ văn bản đi',
                'ordering': ('body', 'term_name', 'kind_sign'),
                'constraints': [models.UniqueConstraint(fields=('body', 'kind_sign', 'term_name'), name='numberbook_once', violation_error_message='Nhiệm kỳ này đã có sổ cho loại văn bản đó.')],
            },
        ),
        migrations.CreateModel(
            name='NumberEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('state', models.CharField(choices=[('issued', 'Đã phát hành'), ('reserved', 'Dùng cho văn bản quản lý riêng'), ('void', 'Bỏ, có lý do')], max_length=10, verbose_name='tình trạng')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('subject', models.CharField(blank=True, max_length=1000, verbose_name='trích yếu')),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('entered_at', models.DateTimeField(verbose_name='ghi sổ lúc')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='documents.numberbook', verbose_name='sổ')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi sổ')),
            ],
            options={
                'verbose_name': 'số văn bản',
                'verbose_name_plural': 'số văn bản',
                'ordering': ('book', '-number'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['issued', 'reserved', 'void'])), name='numberentry_state_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.UniqueConstraint(fields=('book', 'number'), name='numberentry_once', violation_error_code='unique', violation_error_message='Số này đã được dùng trong sổ. Hãy lấy số kế tiếp hoặc đối chiếu lại với sổ giấy.')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('directive', 'Văn bản của cấp trên'), ('scan', 'Bản đã ký'), ('product', 'Sản phẩm của nhiệm vụ'), ('evidence', 'Biên bản, ảnh buổi học'), ('paper', 'Bản in của chương trình')], max_length=10, verbose_name='mục đích')),
                ('path', models.CharField(editable=False, max_length=120, unique=True)),
                ('shown_name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('content_type', models.CharField(max_length=100, verbose_name='loại tệp')),
                ('size', models.PositiveBigIntegerField(verbose_name='dung lượng (byte)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('has_active_content', models.BooleanField(default=False, verbose_name='có nội dung động')),
                ('declared_not_secret', models.BooleanField(default=False, verbose_name='xác nhận không thuộc bí mật nhà nước')),
                ('uploaded_at', models.DateTimeField(verbose_name='tải lên lúc')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên')),
                ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'tệp',
                'verbose_name_plural': 'tệp',
                'ordering': ('-uploaded_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['directive', 'scan', 'product', 'evidence', 'paper'])), name='storedfile_purpose_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.')],
            },
        ),
        migrations.CreateModel(
            name='IssuedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('NQ', 'Nghị quyết'), ('CT', 'Chỉ thị'), ('KL', 'Kết luận'), ('QĐ', 'Quyết định'), ('QĐi', 'Quy định'), ('KH', 'Kế hoạch'), ('BC', 'Báo cáo'), ('CV', 'Công văn'), ('TB', 'Thông báo'), ('TTr', 'Tờ trình'), ('HD', 'Hướng dẫn'), ('CTr', 'Chương trình'), ('CTrHĐ', 'Chương trình hành động'), ('GM', 'Giấy mời'), ('BB', 'Biên bản'), ('BS', 'Bản sao')], max_length=6, verbose_name='loại văn bản')),
                ('number_text', models.CharField(max_length=40, verbose_name='số, ký hiệu')),
                ('dated_on', models.DateField(verbose_name='ngày văn bản')),
                ('subject', models.CharField(max_length=1000, verbose_name='trích yếu')),
                ('signer_name', models.CharField(max_length=120, verbose_name='người ký')),
                ('content', models.JSONField(verbose_name='nội dung đã khóa')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 của bản PDF')),
                ('issued_at', models.DateTimeField(verbose_name='phát hành lúc')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='thu hồi lúc')),
                ('withdrawal_reason', models.CharField(blank=True, max_length=500, verbose_name='lý do thu hồi')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='documents.issuedpaper', verbose_name='đính chính cho')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người phát hành')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_papers', to='units.unit', verbose_name='phường, xã')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thu hồi')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='documents.numberentry', verbose_name='số trong sổ')),
                ('pdf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='bản PDF')),
                ('signed_scan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='bản đã ký')),
            ],
            options={
                'verbose_name': 'văn bản đã phát hành',
                'verbose_name_plural': 'văn bản đã phát hành',
                'ordering': ('-dated_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['NQ', 'CT', 'KL', 'QĐ', 'QĐi', 'KH', 'BC', 'CV', 'TB', 'TTr', 'HD', 'CTr', 'CTrHĐ', 'GM', 'BB', 'BS'])), name='issuedpaper_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), _connector='OR'), name='issuedpaper_withdrawn_pair', violation_error_message='Thiếu người hoặc giờ thu hồi.')],
            },
        ),
        migrations.CreateModel(
            name='PaperDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('NQ', 'Nghị quyết'), ('CT', 'Chỉ thị'), ('KL', 'Kết luận'), ('QĐ', 'Quyết định'), ('QĐi', 'Quy định'), ('KH', 'Kế hoạch'), ('BC', 'Báo cáo'), ('CV', 'Công văn'), ('TB', 'Thông báo'), ('TTr', 'Tờ trình'), ('HD', 'Hướng dẫn'), ('CTr', 'Chương trình'), ('CTrHĐ', 'Chương trình hành động'), ('GM', 'Giấy mời'), ('BB', 'Biên bản'), ('BS', 'Bản sao')], max_length=6, verbose_name='loại văn bản')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('issued', 'Đã phát hành')], default='draft', max_length=10, verbose_name='tình trạng')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='lần sửa')),
                ('subject', models.CharField(blank=True, max_length=1000, verbose_name='trích yếu')),
                ('addressees', models.TextField(blank=True, max_length=4000, verbose_name='kính gửi')),
                ('body', models.TextField(blank=True, max_length=100000, verbose_name='nội dung')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='câu kết')),
                ('recipients', models.TextField(blank=True, max_length=4000, verbose_name='nơi nhận')),
                ('annex_title', models.CharField(blank=True, max_length=300, verbose_name='tên phụ lục')),
                ('annex_body', models.TextField(blank=True, max_length=60000, verbose_name='nội dung phụ lục')),
                ('chair_name', models.CharField(blank=True, max_length=120, verbose_name='người chủ trì')),
                ('recorder_name', models.CharField(blank=True, max_length=120, verbose_name='người ghi biên bản')),
                ('urgency', models.CharField(blank=True, choices=[('khan', 'KHẨN'), ('thuong_khan', 'THƯỢNG KHẨN'), ('hoa_toc', 'HỎA TỐC')], max_length=12, verbose_name='mức độ khẩn')),
                ('circulation', models.CharField(blank=True, max_length=80, verbose_name='phạm vi lưu hành')),
                ('duplex', models.BooleanField(default=False, verbose_name='in hai mặt')),
                ('copy_kind', models.CharField(blank=True, choices=[('sao_y', 'Sao y bản chính'), ('sao_luc', 'Sao lục'), ('trich_sao', 'Trích sao')], max_length=10, verbose_name='hình thức sao')),
                ('extract', models.JSONField(blank=True, default=list, verbose_name='các đoạn được trích')),
                ('created_at', models.DateTimeField(verbose_name='soạn lúc')),
                ('edited_at', models.DateTimeField(verbose_name='sửa lúc')),
                ('copy_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='documents.issuedpaper', verbose_name='bản gốc')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction_drafts', to='documents.issuedpaper', verbose_name='đính chính cho')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa')),
                ('paper', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='documents.issuedpaper', verbose_name='văn bản')),
                ('sent_to', models.ManyToManyField(blank=True, related_name='+', to='units.unit', verbose_name='gửi đến từng đơn vị')),
                ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.signer', verbose_name='người ký')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_drafts', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'văn bản đang soạn',
                'verbose_name_plural': 'văn bản đang soạn',
                'ordering': ('-edited_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['NQ', 'CT', 'KL', 'QĐ', 'QĐi', 'KH', 'BC', 'CV', 'TB', 'TTr', 'HD', 'CTr', 'CTrHĐ', 'GM', 'BB', 'BS'])), name='paperdraft_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued'])), name='paperdraft_state_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('urgency__in', ['', 'khan', 'thuong_khan', 'hoa_toc'])), name='paperdraft_urgency_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(('copy_kind__in', ['', 'sao_y', 'sao_luc', 'trich_sao'])), name='paperdraft_copy_kind_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField(verbose_name='ngày ký nhận')),
                ('added_at', models.DateTimeField(verbose_name='đính lúc')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đính')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='documents.issuedpaper', verbose_name='văn bản')),
                ('scan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='bảng đã ký nhận')),
            ],
            options={
                'verbose_name': 'bảng ký nhận',
                'verbose_name_plural': 'bảng ký nhận',
                'ordering': ('paper', 'received_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='WardCheckSeverity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='loại lỗi')),
                ('severity', models.CharField(choices=[('error', 'Lỗi'), ('warning', 'Cần xem lại'), ('info', 'Lưu ý')], max_length=10, verbose_name='mức độ')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_severities', to='units.unit', verbose_name='phường, xã')),
            ],
            options={
                'verbose_name': 'mức độ lưu ý của phường',
                'verbose_name_plural': 'mức độ lưu ý của phường',
                'ordering': ('ward', 'name'),
                'constraints': [models.CheckConstraint(condition=models.Q(('severity__in', ['error', 'warning', 'info'])), name='wardcheckseverity_severity_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.UniqueConstraint(fields=('ward', 'name'), name='wardcheckseverity_once', violation_error_message='Loại lỗi này đã được đặt mức độ.')],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('addressee', models.CharField(max_length=200, verbose_name='nơi nhận')),
                ('note', models.CharField(blank=True, max_length=60, verbose_name='ghi chú')),
                ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='số bản giấy')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('channel', models.CharField(choices=[('paper', 'Bản giấy'), ('network', 'Hệ thống điều hành tác nghiệp'), ('email', 'Thư điện tử công vụ'), ('program', 'Trong chương trình')], default='paper', max_length=8, verbose_name='gửi bằng')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='đã gửi lúc')),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='đã nhận lúc')),
                ('first_opened_at', models.DateTimeField(blank=True, null=True, verbose_name='mở lần đầu lúc')),
                ('stated_at', models.DateTimeField(blank=True, null=True, verbose_name='báo đã quán triệt lúc')),
                ('stated_name', models.CharField(blank=True, max_length=160, verbose_name='tên người báo đã quán triệt')),
                ('first_opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người mở lần đầu')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='documents.deliveryreceipt', verbose_name='bảng ký nhận')),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi nhận')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gửi')),
                ('stated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người báo đã quán triệt')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='units.unit', verbose_name='đơn vị')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='documents.issuedpaper', verbose_name='văn bản')),
            ],
            options={
                'verbose_name': 'dòng gửi văn bản',
                'verbose_name_plural': 'danh sách gửi',
                'ordering': ('paper', 'position', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['paper', 'network', 'email', 'program'])), name='dispatch_channel_known', violation_error_message='Giá trị không nằm trong danh mục cho phép.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), _connector='OR'), name='dispatch_sent_pair', violation_error_message='Thiếu người hoặc giờ gửi.'), models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', False), ('received_by__isnull', False)), models.Q(('received_at__isnull', True), ('received_by__isnull', True)), _connector='OR'), name='dispatch_received_pair', violation_error_message='Thiếu người hoặc giờ ghi nhận.'), models.CheckConstraint(condition=models.Q(models.Q(('first_opened_at__isnull', False), ('first_opened_by__isnull', False)), models.Q(('first_opened_at__isnull', True), ('first_opened_by__isnull', True)), _connector='OR'), name='dispatch_opened_pair', violation_error_message='Thiếu người hoặc giờ mở.'), models.CheckConstraint(condition=models.Q(models.Q(('stated_at__isnull', False), ('stated_by__isnull', False)), models.Q(('stated_at__isnull', True), ('stated_by__isnull', True)), _connector='OR'), name='dispatch_stated_pair', violation_error_message='Thiếu người hoặc giờ báo.')],
            },
        ),
    ]
