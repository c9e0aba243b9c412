"""What requests cost: processor time of all servers, so that a busy machine changes little."""

import http.client
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 15
REQUESTS_A_ROUND = 25
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Line:
    """One measured ratio and what it must not exceed."""

    what: str
    ratio: float
    limit: float

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit


@dataclass
class Subject:
    """One address to measure, with its own connection and the status it must answer."""

    port: int
    path: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    # What to ask for is told apart by a number, so that nothing that was kept can answer.
    numbers: Iterator[int] | None = None
    # Processor time of one request, by round.
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self) -> http.client.HTTPResponse:
        """One request; its body is kept as ``body``."""
        number = f"?n={next(self.numbers)}" if self.numbers else ""
        self.connection.request("GET", f"{self.path}{number}", headers=self.headers)
        answer = self.connection.getresponse()
        self.body = answer.read()
        if answer.status != self.status:
            raise RuntimeError(f"{self.path} answered {answer.status}")
        return answer

    def measure(self) -> None:
        """One round: nothing else may ask the servers meanwhile."""
        before = servers_seconds()
        for _ in range(REQUESTS_A_ROUND):
            self.ask()
        self.seconds.append((servers_seconds() - before) / REQUESTS_A_ROUND)

    @property
    def undisturbed(self) -> float:
        """Seconds of processor time for one request, in the round that was disturbed least."""
        return min(self.seconds)


def measure_in_turn(subjects: Sequence[Subject]) -> None:
    """Measure all subjects round by round, so that a slow spell hits them alike."""
    for subject in subjects:
        # The first round only warms up.
        subject.measure()
        subject.seconds.clear()
    for _ in range(ROUNDS):
        for subject in subjects:
            subject.measure()


def servers_seconds() -> float:
    """Processor time so far of all processes below this one: web servers and database."""
    return sum(map(_seconds_of, _below(os.getpid())))


def _below(parent: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(after_name[1]), []).append(int(status.parent.name))
    waiting = [parent]
    while waiting:
        found = children.get(waiting.pop(), [])
        yield from found
        waiting += found


def _seconds_of(process: int) -> float:
    nanoseconds = 0
    for accounts in Path(f"/proc/{process}/task").glob("*/schedstat"):
        try:
            nanoseconds += int(accounts.read_text().split()[0])
        except OSError:
            continue
    return nanoseconds / NANOSECONDS
