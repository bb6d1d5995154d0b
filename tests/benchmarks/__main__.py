"""`make bench`: measure, print the figures, and keep them in docs/performance.{json,md}.

Each figure is a ratio inside one run, unless it says microseconds; docs/performance.md tells what
they mean. A goal that is not met is told, and fails nothing: machines differ.
"""

import sys

from tests.benchmarks import reading, writing
from tests.benchmarks.page import keep

if __name__ == "__main__":
    sys.stdout.write(keep([*writing.figures(), *reading.figures()]))
