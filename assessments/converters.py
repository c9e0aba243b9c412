"""What a ref looks like in an address, so that ``details`` is never taken for one."""

from django.urls import register_converter


class RefConverter:
    """``3``, ``3.2``, ``3.2.1`` or ``3.2.1.4``."""

    regex = r"\d+(?:\.\d+){0,3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RefConverter, "ref")
