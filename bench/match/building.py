"""Makes the index of names in a process of its own and prints seconds by the clock and of the processor,
MiB at most beyond the start, and names.
"""

import json
import sys
import time
from pathlib import Path

from bench.match.setting_up import set_up


def main(folder: str) -> None:
    set_up(Path(folder))
    from samtall.base import clock
    from samtall.parties.matching import finding, keeping  # noqa: F401  what a worker has read in anyway

    before = _most()
    began, busy = time.perf_counter(), time.process_time()
    kept = keeping.make(at=clock.now())
    took = [time.perf_counter() - began, time.process_time() - busy]
    print(json.dumps([*took, _most() - before, kept.names]))


def _most() -> float:
    # getrusage would answer for whoever started this process as well
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("This kernel does not say how much memory was used")


if __name__ == "__main__":
    main(*sys.argv[1:])
