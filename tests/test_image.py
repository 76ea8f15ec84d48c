"""The image has no shell and only our own source: what runs in it needs neither more, nor is any of ours forgotten."""

import re
import tomllib
from pathlib import Path

import typer.main
import yaml

from bot.__main__ import app

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SUBCOMMANDS = set(getattr(typer.main.get_command(app), "commands", {}))


def test_the_image_says_its_version() -> None:
    """As the project does."""
    version = PROJECT["project"]["version"]
    assert f'image.version="{version}"' in DOCKERFILE
    assert f"image: vejviser:{version}\n" in (ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8")


def test_our_packages_keep_their_source() -> None:
    """All that are installed, for Alembic reads some of it; of all else only the bytecode stays."""
    (ours,) = re.findall(r"/site-packages/\(([a-z|]+)\)/", DOCKERFILE)
    installed = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    assert set(ours.split("|")) == {name for name in installed if "." not in name}
    assert set(re.findall(r"^COPY ([a-z]+) \1$", DOCKERFILE, re.MULTILINE)) == set(ours.split("|"))


def test_nothing_in_the_image_needs_a_shell() -> None:
    """What is run there is named word by word."""
    image = DOCKERFILE.partition("\nFROM scratch\n")[2]
    commands = re.findall(r"^(?:RUN|ENTRYPOINT|CMD|HEALTHCHECK .*?CMD) *(.)", image, re.MULTILINE)
    assert len(commands) == 5
    assert set(commands) == {"["}


def test_the_examples_run_only_what_the_image_has() -> None:
    """Our own subcommands, and nothing by name: a probe asks over HTTP, a wait is the cluster's own."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
    ours = [one for one in services if one["image"] == "vejviser"]
    items = yaml.safe_load((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8"))["items"]
    pods = [one["spec"]["template"]["spec"] for one in items if "template" in one.get("spec", {})]
    containers = [container for pod in pods for container in pod["containers"]]
    assert (len(ours), len(containers)) == (4, 3)
    words = [one.get("command", []) for one in ours] + [one.get("args", []) for one in containers]
    assert {word[0] for word in words if word} <= SUBCOMMANDS
    assert not any("entrypoint" in one for one in ours)
    assert all(one.get("healthcheck", {"disable": True}) == {"disable": True} for one in ours)
    assert not any("command" in one or "exec" in str(one) for one in containers)
