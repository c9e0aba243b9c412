"""What the processes of one test run have looked at already, so that none looks at it again."""

import fcntl
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Seen:
    """A growing set of keys in a file that all processes share."""

    file: Path
    known: set[str] = field(default_factory=set)
    read_until: int = 0

    def take_new(self, keys: Iterable[str]) -> set[str]:
        """Those of ``keys`` that nobody has taken. Whoever gets one must look at it."""
        with self.file.open("a+b") as shared:
            fcntl.flock(shared, fcntl.LOCK_EX)
            shared.seek(self.read_until)
            self.known.update(shared.read().decode().split())
            new = set(keys) - self.known
            shared.write("".join(f"{key}\n" for key in sorted(new)).encode())
            shared.flush()
            self.read_until = shared.tell()
        self.known |= new
        return new
