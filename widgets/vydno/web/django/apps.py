"""The application: wrong settings stop the start, what is missing is a system check's error."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks

from .checks import check_project
from .configuration import configuration
from .visits import signed_in, signed_out


class VydnoConfig(AppConfig):
    """``"vydno.web.django"`` in ``INSTALLED_APPS``."""

    name = "vydno.web.django"
    label = "vydno"
    verbose_name = "Vydno"

    def ready(self) -> None:
        """Fail here, under every server, rather than on the first page."""
        configuration()
        checks.register(check_project)
        user_logged_in.connect(signed_in)
        user_logged_out.connect(signed_out)
