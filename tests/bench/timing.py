"""Timing requests over one open connection each, turn and turn about."""

import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

ROUNDS = 200
WARM_UP_ROUNDS = 8


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
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self) -> http.client.HTTPResponse:
        """One request; the body is read and kept on the answer as ``body``."""
        self.connection.request("GET", self.path, headers=self.headers)
        answer = self.connection.getresponse()
        self.body = answer.read()
        if answer.status != self.status:
            raise RuntimeError(f"{self.path} answered {answer.status}")
        return answer

    def measure(self) -> None:
        start = time.perf_counter()
        self.ask()
        self.seconds.append(time.perf_counter() - start)

    @property
    def undisturbed(self) -> float:
        """The fastest twentieth in seconds: the cost while the machine does nothing else."""
        return quantiles(self.seconds, n=20)[0]


def measure_in_turn(subjects: Sequence[Subject]) -> None:
    """Measure all subjects round by round, so that a slow spell hits them alike."""
    for _ in range(WARM_UP_ROUNDS):
        for subject in subjects:
            subject.ask()
    for _ in range(ROUNDS):
        for subject in subjects:
            subject.measure()
