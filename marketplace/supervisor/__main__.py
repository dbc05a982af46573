"""`python -m marketplace.supervisor run|reset`."""

import os
import sys

from marketplace.embedded.errors import UnableToStart

from .configuration import read_configuration
from .reset import reset
from .run import Run
from .stopping import Stopping
from .terminal import complain, say


def main(arguments: list[str]) -> int:
    stopping = Stopping()
    try:
        configuration = read_configuration(os.environ)
        if arguments == ["reset"]:
            reset(configuration)
            say(f"Nothing of `make run` is left in {configuration.var_dir}; the next one starts over.")
            return 0
        stopping.listen()
        return Run(configuration, stopping).last()
    except UnableToStart as refusal:
        complain(f"\n{refusal}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
