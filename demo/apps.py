from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Made-up people, places and days. Installed by `INSTALL_DEMO` only; it has no models and no migrations."""

    name = "demo"
