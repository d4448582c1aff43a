"""Who may open the addresses of units/: a part of tests/access_table.py, where the words are explained."""

from tests.access_roles import ADMINS, CLERKS, LEADER, READERS, UNIT
from tests.access_words import ALL, Line, on, open_page, page, redirect

UNITS: dict[str, Line] = {
    # units/urls.py, sorted by name
    "units:account": page(get=ALL),
    "units:audit-list": page(get=ADMINS),
    "units:browser-arrive": open_page(get=True, post=True, gives=404, args=lambda own: {"token": "khong-co"}),
    "units:browser-pass": page(post=ALL),
    "units:calendar": page(get=ADMINS),
    "units:calendar-day-confirm": on("calendar_day", post=ADMINS),
    "units:calendar-day-create": page(get=ADMINS, post=ADMINS),
    "units:calendar-day-edit": on("calendar_day", get=ADMINS, post=ADMINS),
    "units:calendar-day-remove": on("calendar_day", post=ADMINS),
    "units:health": page(get=ADMINS | CLERKS),
    "units:job-download": on("job", get=CLERKS, gives=404),  # it still waits: there is no file
    "units:job-list": page(get=ALL),
    "units:settings": page(get=ADMINS | CLERKS),
    "units:settings-ward": page(get=ADMINS, post=ADMINS),
    "units:signer-create": page(get=ADMINS, post=ADMINS),
    "units:signer-edit": on("signer", get=ADMINS, post=ADMINS),
    "units:unit-close": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:unit-create": page(get=ADMINS, post=ADMINS),
    "units:unit-detail": on("unit", get=READERS | ADMINS | UNIT),
    "units:unit-edit": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:unit-list": page(get=READERS | ADMINS),
    "units:unit-revise": on("unit", get=ADMINS, post=ADMINS, sees=READERS | UNIT),
    "units:venue-create": page(get=ADMINS, post=ADMINS),
    "units:venue-edit": on("venue", get=ADMINS, post=ADMINS),
    "units:card": open_page(get=True, post=True, gives=404, args=lambda own: {"secret": "khong-co-the-nay"}),
    "units:card-cancel": on("card", post=ADMINS),
    "units:card-list": page(get=ADMINS),
    "units:card-unlock": on("card", post=ADMINS),
    "units:device-forget": open_page(post=True),
    "units:person-create": page(get=ADMINS, post=ADMINS),
    "units:person-detail": on("person", get=ADMINS),
    "units:person-disable": on("person", get=ADMINS, post=ADMINS),
    "units:person-edit": on("person", get=ADMINS, post=ADMINS),
    "units:person-enable": on("person", post=ADMINS),
    "units:person-list": page(get=ADMINS),
    "units:person-password": on("person", get=ADMINS, post=ADMINS),
    "units:person-second-factor": on("person", get=ADMINS, post=ADMINS),
    "units:person-sessions": on("person", get=ADMINS, post=ADMINS),
    "units:person-unlock": on("person", post=ADMINS),
    "units:leader-phone-forget": on("leader_phone", post={"secretary"}),  # the row belongs to the side's reporter
    "units:phone-leave": open_page(post=True),
    "units:phone-open": open_page(get=True, post=True, gives=302),  # this browser is no known phone
    "units:phone-remember": page(get=LEADER, post=LEADER),
    "units:phone-forget": on("known_phone", post={"secretary"}),
    "units:session-end": on("open_session", post={"secretary"}),
    "units:sessions-end": page(post=ALL),
    "units:pin": open_page(get=True, post=True, gives=302),  # this browser is no known phone
    "units:role-end": on("membership", get=ADMINS, post=ADMINS),
    "units:role-give": on("person", get=ADMINS, post=ADMINS),
    "units:role-hand-over": on("membership", get=ADMINS, post=ADMINS),
    "units:role-handed-over": on("membership", get=ADMINS),
    # units/urls_account.py: log-in, under the names that django-allauth looks up
    "account_change_password": page(
        get=ALL, post=ALL, marks={"cache"}
    ),  # a HEAD counts against the limit of tries, a GET does not
    "account_login": open_page(get=True, post=True, gives=302, anonymous=200),
    "account_logout": page(get=ALL, post=ALL),
    "account_reauthenticate": page(
        get=ALL, post=ALL, marks={"cache"}
    ),  # a HEAD counts against the limit of tries, a GET does not
    "mfa_activate_totp": redirect(get=ALL, post=ALL),  # asks for the password first
    "mfa_add_webauthn": redirect(get=ALL, post=ALL),  # asks for the password first
    "mfa_list_webauthn": redirect(get=ALL, post=ALL),
    "mfa_reauthenticate_webauthn": redirect(get=ALL, post=ALL),
    "mfa_remove_webauthn": redirect(get=ALL, post=ALL, args=lambda own: {"pk": 1}),  # asks for the password first
    "mfa_authenticate": open_page(get=True, post=True, gives=302),  # no log-in is half done
    "mfa_deactivate_totp": page(get=ALL, post=ALL, gives=404),  # nothing to switch off
    "mfa_generate_recovery_codes": redirect(get=ALL, post=ALL),
    "mfa_index": page(get=ALL),
    "mfa_reauthenticate": redirect(get=ALL, post=ALL),
    "mfa_view_recovery_codes": page(get=ALL, gives=404),  # none were made
}
