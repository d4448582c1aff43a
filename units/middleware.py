"""Puts `request.access` (units.selectors.access.Access) beside `request.user`; it asks the database only when used."""

from django.utils.functional import SimpleLazyObject

from units.selectors.access import Access


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = SimpleLazyObject(lambda: Access(request.user))
        return self.get_response(request)
