from django.apps import AppConfig


class LanToaConfig(AppConfig):
    """Makes the wiring an app, so that its system checks are found."""

    name = "config"
    label = "lantoa"
    verbose_name = "Lan Tỏa"

    def ready(self):
        from config import checks  # noqa: F401, PLC0415 - importing registers the checks; not before the apps are ready
