"""Long work of documents/: sheets of many access cards."""

from documents.services.cards import print_cards
from units.jobs import Progress, job_kind
from units.models import Job
from units.selectors.access import access_of
from units.selectors.people import card_holders


@job_kind("cards-pdf")
def cards_pdf_job(job: Job, progress: Progress) -> tuple[str, bytes]:
    """Make and print the cards of `arguments["memberships"]`, as far as the person who asked still may.

    Run twice after a crash it makes the cards twice: the first ones are cancelled, and nobody had seen them.
    """
    chosen = list(card_holders(access_of(job.asked_by)).filter(pk__in=job.arguments["memberships"]))
    progress(0, len(chosen))
    pdf = print_cards(memberships=chosen, by=job.asked_by)
    progress(len(chosen), len(chosen))
    return pdf.name, pdf.data
