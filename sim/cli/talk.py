"""How much a command says: the part of its order that all of them share."""

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
