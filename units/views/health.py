"""The staff's health page; the public /healthz says only yes or no."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from units.health import run_checks
from units.permissions import Permission


@require_safe
def health(request):
    """Every check with its sentence, the worst first."""
    request.access.require(Permission.READ_HEALTH)
    now = timezone.now()
    findings = run_checks(now=now)
    counts = {level: sum(finding.level == level for finding in findings) for level in ("bad", "warn", "ok")}
    return render(request, "units/health.html", {"findings": findings, "counts": counts, "now": now})
