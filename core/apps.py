from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page and action is made of, and no subject owns."""

    name = "core"
