"""Every row of an organisation says whose it is."""

from django.apps import apps

from cse_tracker.accounts.models import TenantModel
from tests.architecture.source_files import fail_with

TENANT_APPS = ["assessments", "evidence", "actions", "reports"]
# The standard is everybody's; a sub-element that an organisation adds carries it itself.
SHARED = {"assessments.Standard", "assessments.StandardNode"}


def test_every_model_of_an_organisation_is_a_tenant_model():
    models = [
        m for label in TENANT_APPS for m in apps.get_app_config(label).get_models()
    ]
    homeless = {m._meta.label for m in models if not issubclass(m, TenantModel)}
    fail_with(
        sorted(homeless - SHARED),
        remedy="Derive from cse_tracker.accounts.models.TenantModel:",
    )
    assert homeless == SHARED


def test_relations_within_an_organisation_use_explicit_through_models():
    implicit = [
        f"{model._meta.label}.{field.name}"
        for label in TENANT_APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    fail_with(implicit, remedy="Give these a through model with an organisation:")
