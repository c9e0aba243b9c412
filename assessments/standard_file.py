"""Reading a standard's data file. Pure: no database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assessments.tree import Kind

STANDARDS_DIR = Path(__file__).parent / "standards"
CHILDREN_KEYS = ("sub_criteria", "elements")


@dataclass(frozen=True)
class FileNode:
    """One node of the file. ``guidance`` holds one bullet a line."""

    ref: str
    kind: Kind
    title: str
    statement: str
    guidance: str
    parent_ref: str


@dataclass(frozen=True)
class StandardFile:
    """A whole data file: parents come before their children."""

    key: str
    edition: str
    name: str
    nodes: tuple[FileNode, ...]
    sha256: str


def read_standard(path: Path) -> StandardFile:
    """Parse one data file. Raises ValueError naming the ref that is wrong or appears twice."""
    text = path.read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    nodes = tuple(_walk(data["criteria"], parent_ref=""))
    _check_refs(nodes)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return StandardFile(data["key"], str(data["version"]), data["name"], nodes, digest)


def _walk(items: list[dict[str, Any]], *, parent_ref: str) -> Iterator[FileNode]:
    for item in items:
        ref = str(item["ref"])
        yield FileNode(
            ref=ref,
            kind=Kind.of_ref(ref),
            title=item["title"],
            statement=item.get("statement", ""),
            guidance="\n".join(item.get("guidance", [])),
            parent_ref=parent_ref,
        )
        for key in CHILDREN_KEYS:
            yield from _walk(item.get(key, []), parent_ref=ref)


def _check_refs(nodes: tuple[FileNode, ...]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.ref in seen:
            raise ValueError(f"{node.ref} appears twice")
        if node.ref.rpartition(".")[0] != node.parent_ref:
            raise ValueError(f"{node.ref} does not extend {node.parent_ref}")
        seen.add(node.ref)
