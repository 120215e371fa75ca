"""What commands share: how much they say, and how they were typed."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Whether only the place of the results is printed, or only an answer for scripts."""

    quiet: bool = False
    as_json: bool = False

    @property
    def talks(self) -> bool:
        """Whether anything but the answer may be printed."""
        return not (self.quiet or self.as_json)


def command_line() -> list[str]:
    """Return the command line as it can be typed again."""
    return ["peacesim", *sys.argv[1:]]
