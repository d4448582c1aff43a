from datetime import date

from documents.profiles import HD05_2026, HD36_2018, profile_for, profile_named


def test_profile_follows_the_date_of_the_paper():
    days = [date(2026, 5, 26), date(2026, 5, 27), date(2027, 1, 1), None]
    assert [profile_for(day) for day in days] == [HD36_2018, HD05_2026, HD05_2026, HD05_2026]
    assert profile_named("HD36_2018") is HD36_2018
