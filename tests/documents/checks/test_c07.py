"""C07: slips that are found, and words that are right although rare."""

import pytest

from tests.documents.checks.samples import found, quotes, whole


@pytest.mark.parametrize(
    ("sentence", "variant", "quote", "suggestion"),
    [
        ("Tạo nên tảng để phát triển.", "misspelling", "nên tảng", "nền tảng"),
        ("Những hạn chế; nguyên nhận chủ quan.", "misspelling", "nguyên nhận", "nguyên nhân"),
        ("Khắc phục các điểm ô nhiểm.", "nonword", "nhiểm", "nhiễm"),
        ("Dịch vụ công trực tuyến toàm trình.", "nonword", "toàm", None),
        ("Các cơ chuyên trách tham mưu.", "missing_word", "Các cơ chuyên", "Các cơ quan chuyên"),
        ("Mời dự hội sơ kết tại tỉnh.", "missing_word", "hội sơ kết", "hội nghị sơ kết"),
        ("Gửi HDND tỉnh.", "abbreviation", "HDND", "HĐND"),
        ("Đánh giá hàng năm.", "preferred", "hàng năm", "hằng năm"),
        ("Đảm bảo tiến độ.", "preferred", "Đảm bảo", "Bảo đảm"),
        ("Theo Nghị quyêt của Đảng.", "nonword", "quyêt", "quyết"),
        ("Tổ chứ năng động.", None, None, None),
    ],
)
def test_slips(sentence, variant, quote, suggestion):
    expected = [] if variant is None else [(variant, 5, quote, suggestion)]
    assert found("C07", whole(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Các cơ sở, các cơ quan, đại hội tổng kết, Hội Nông dân, hội viên, cơ hội học tập, xã hội triển khai.",
        "Uỷ ban nhân dân, hoà bình, xử lí, quí trọng, khuỷu tay, ngoằn ngoèo, khúc khuỷu.",
        "Lãnh đạo Plei Kần, buôn Krông, tổ công nghệ số, 5G, online, website, logo, blockchain, ô tô, bê tông.",
        "Đ/c bí thư; v.v.; không có sự cố; có tính chất; của mình; nhà ở; từ đó; ngay sau hội nghị.",
    ],
)
def test_rare_and_foreign_words_are_left_alone(sentence):
    assert quotes("C07", whole(sentence)) == []
