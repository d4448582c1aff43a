"""The product's addresses and two bare pages to measure it against."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path


def bare(request):
    """The least a view for a signed-in person can do: session, user, one line."""
    return HttpResponse(f"<p>{request.user.get_username()}</p>")


def frame(request):
    """A page of the program with its frame (head, menu, foot) and nothing in it."""
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), path("frame/", frame), path("", include("config.urls"))]
