"""docker-compose.yml and Dockerfile, read as data: what a slip there would cost."""

import re

import pytest
import yaml

from tests.architecture.source_files import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
OURS = ["migrate", "web", "worker", "beat"]


def test_the_services_are_those_that_production_needs():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "db", "redis"}


@pytest.mark.parametrize("name", ["web", "worker", "beat", "db", "redis"])
def test_each_lasting_service_restarts_and_tells_its_health(name):
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    # The web server's is in the image.
    assert name == "web" or service["healthcheck"]["test"]
    assert "HEALTHCHECK" in DOCKERFILE


def test_only_the_web_server_is_reachable_and_only_from_its_host():
    ports = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}

    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_what_must_survive_lives_in_named_volumes():
    mounted = {
        name: [volume.split(":")[0] for volume in service.get("volumes", [])]
        for name, service in SERVICES.items()
    }

    assert mounted["db"] == ["db"]
    assert mounted["redis"] == ["redis"]
    assert mounted["web"] == mounted["worker"] == ["media"]
    assert set(COMPOSE["volumes"]) == {"db", "redis", "media"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_image_floats(name):
    _, _, tag = SERVICES[name]["image"].partition(":")

    assert tag not in {"", "latest"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_secret_comes_from_outside_and_is_asked_for_by_name(name):
    environment = SERVICES[name].get("environment", {})
    secret = {k: v for k, v in environment.items() if re.search("KEY|PASSWORD|_URL", k)}

    for key, value in secret.items():
        without_redis = value.replace("redis://redis:6379/0", "")
        assert without_redis == "" or ":?" in without_redis, f"{name}: {key}"


@pytest.mark.parametrize("name", OURS)
def test_our_services_wait_for_what_they_need(name):
    waits_for = {
        other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()
    }

    if name == "migrate":
        assert waits_for == {"db": "service_healthy"}
    else:
        assert waits_for["migrate"] == "service_completed_successfully"
        assert waits_for["redis"] == "service_healthy"


def test_the_worker_gets_the_shared_memory_its_pool_needs():
    assert SERVICES["worker"]["shm_size"] == "256m"


def test_the_image_runs_as_an_ordinary_user_with_checked_packages():
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert DOCKERFILE.index("collectstatic") < DOCKERFILE.index("USER 10001")


def test_the_image_starts_its_server_directly_so_that_it_hears_sigterm():
    commands = re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)

    assert [command[0] for command in commands] == ["["]


def test_the_image_takes_only_what_is_let_in():
    let_in = {line[1:] for line in IGNORED if line.startswith("!")}

    assert IGNORED[1] == "*"
    assert {path for path in let_in if not (ROOT / path).exists()} == set()
    assert ".env" not in let_in
