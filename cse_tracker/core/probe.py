"""``python -m cse_tracker.core.probe``: ends with 0 when the web server of this container is up."""

import http.client
import os
import sys


def main() -> int:
    # The server answers only to its own names, so the probe asks under the first of them.
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*")
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host or "localhost"})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
