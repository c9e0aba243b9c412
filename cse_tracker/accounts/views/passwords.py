"""Choosing a password behind a link: the first one after an invitation, or a new one."""

from typing import Any

from allauth.account import views as allauth
from django.http import HttpResponse
from django.urls import reverse


class ChoosePasswordView(allauth.PasswordResetFromKeyView):  # type: ignore[misc]
    """allauth's view; it tells the pages whether the person had a password before."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "is_first": self._is_first()}

    def form_valid(self, form: Any) -> HttpResponse:
        if self._is_first():
            done = reverse("account_reset_password_from_key_done")
            self.success_url = f"{done}?first"
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _is_first(self) -> bool:
        user = self.reset_user
        return user is not None and not user.has_usable_password()


choose_password = ChoosePasswordView.as_view()
