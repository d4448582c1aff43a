"""C06: what is a repetition and what is good Vietnamese."""

import pytest

from tests.documents.checks.samples import found, quotes, whole


@pytest.mark.parametrize(
    ("sentence", "quote", "suggestion"),
    [
        ("Bí thư các chi bộ bộ, đảng bộ cơ sở.", "chi bộ bộ", "chi bộ"),
        ("Kết quả thực hiện Chỉ thị Chỉ thị 19-CT/TU.", "Chỉ thị Chỉ thị", "Chỉ thị"),
        ("Các các cấp ủy quan tâm.", "Các các", "Các"),
        ("Chủ trì, kiểm tra kiểm tra việc học tập.", "kiểm tra kiểm tra", "kiểm tra"),
        ("Cán bộ, cấp ủy, cấp ủy, đảng viên.", "cấp ủy, cấp ủy", "cấp ủy"),
        ("Học tập mục tiêu và nhiệm vụ và giải pháp chủ yếu.", "mục tiêu và nhiệm vụ và", "mục tiêu, nhiệm vụ và"),
    ],
)
def test_repetitions_are_found(sentence, quote, suggestion):
    assert [one[2:] for one in found("C06", whole(sentence))] == [(quote, suggestion)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Luôn luôn, từng từng, ngày ngày, dần dần, năm năm qua.",
        "Cán bộ bộ phận một cửa; cơ quan quan tâm; thực hiện hiện đại hóa; trở thành thành viên.",
        "Nâng cao năng lực, hiệu lực, hiệu quả quản lý.",
        "Doanh nghiệp nhỏ và vừa và hợp tác xã; Ban Tuyên giáo và Dân vận và các ban.",
        "Từ ngày 10/10/2026 đến ngày 11/11/2026, số 20 20.",
    ],
)
def test_good_vietnamese_is_left_alone(sentence):
    assert quotes("C06", whole(sentence)) == []


def test_a_paragraph_pasted_twice_is_found():
    paragraph = "Tổ chức học tập nghiêm túc, thiết thực, phù hợp với điều kiện của từng chi bộ, đúng thời gian."
    assert [one[:2] for one in found("C06", whole(f"{paragraph}\n\n{paragraph}"))] == [("doubled_paragraph", 7)]
