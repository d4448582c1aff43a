"""The whole form of a report in one sending: what a phone without network typed on every step."""

import copy
from dataclasses import replace

from django.http import QueryDict

from reports.forms.filing import FilingForms, raw_of
from reports.places import SCORES, SESSION
from reports.wording import points_words

# any figures: they decide how many points are suggested, not whether
ALL_GIVEN = {
    "required": 1,
    "present": 1,
    "unexcused": 0,
    "speakers": 1,
    "minutes": 60,
    "essays_due": 1,
    "essays_done": 1,
}


def posted_parts(posted, parts):
    """{step: QueryDict} of fields named "step.field"; other fields are left out."""
    found = {part: QueryDict(mutable=True) for part in parts}
    for key in posted:
        part, _, name = key.partition(".")
        if part in found and name:
            found[part].setlist(name, posted.getlist(key))
    return found


def own_rows(forms: FilingForms):
    """Lines of the sheet that the unit itself has to judge whatever figures it is going to give: no suggestion comes for them."""
    later = copy.copy(forms.filing)
    later.content = forms.filing.content | {"typed": sorted({*forms.content["typed"], SESSION})}
    filled = FilingForms(later, at=forms.at)
    filled.facts = replace(filled.facts, **ALL_GIVEN)
    return [
        row
        for row in filled.build(SCORES, initial=forms.typed_scores, auto_id=f"{SCORES}_%s").rows()
        if row.suggested is None
    ]


def whole_content(forms: FilingForms, posted):
    """What is to be saved of `posted` ({step: QueryDict}).

    The phone could not know the suggestions of the score sheet, which follow the figures: points it does not name are those
    suggested by what it sends along.
    """
    content = {part: raw_of(forms.form(part, data=data)) for part, data in posted.items() if part != SCORES}
    later = copy.copy(forms.filing)
    later.content = forms.filing.content | content
    later.content["typed"] = sorted({*later.content.get("typed", []), *content})
    sheet = FilingForms(later, at=forms.at).build(SCORES)
    points = posted[SCORES].copy()
    for pk, (suggested, _) in sheet.suggested.items():
        if suggested is not None and f"points_{pk}" not in points:
            points[f"points_{pk}"] = points_words(suggested)
    return content | {SCORES: raw_of(FilingForms(later, at=forms.at).form(SCORES, data=points))}
