"""On which line of a TOML file each key was said.

The standard library's parser gives values without lines, so this scanner goes over the text a second time. It
runs on text that the parser has accepted, and therefore need not look for mistakes.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.scenario.paths import Key, Path

BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
SPACE = re.compile(r"[ \t]*")
KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
TEXT = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^']|'{1,2}(?!'))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''',
    re.DOTALL,
)
PLAIN = re.compile(r"[^,\]}#\n]+")


@dataclass
class Marks:
    """Where one part of a file was said, with its parts in turn."""

    file: str
    line: int
    parts: "dict[Key, Marks]" = field(default_factory=dict)
    is_array: bool = False

    def locate(self, path: Path) -> tuple[str, int | None]:
        """Give file and line of a path, or of the nearest thing around it that was said."""
        node = self
        for key in path:
            if key not in node.parts:
                break
            node = node.parts[key]
        return node.file, node.line or None

    def last(self) -> "Marks":
        """Give the table that a header continues: in an array of tables, its last one."""
        return self.parts[len(self.parts) - 1] if self.is_array else self


def marks_of(text: str, file: str) -> Marks:
    """Find the line of every key and list item of a valid TOML text."""
    return _Scanner(text, file).document()


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.at = text, file, 0
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def mark(self) -> Marks:
        """Make a mark at the present line."""
        return Marks(self.file, bisect_right(self.breaks, self.at - 1) + 1)

    def document(self) -> Marks:
        """Read headers and keys to the end."""
        root = Marks(self.file, 0)
        table = root
        while self.blank() < len(self.text):
            here = self.mark()
            if self.text.startswith("[[", self.at):
                table = self.header(root, here, 2)
            elif self.text[self.at] == "[":
                table = self.header(root, here, 1)
            else:
                self.pair(table)
        return root

    def blank(self) -> int:
        """Skip spaces, line breaks and comments."""
        self.at = self.skip(BLANK)
        return self.at

    def skip(self, pattern: re.Pattern[str]) -> int:
        """Give where a pattern that may be empty ends."""
        match = pattern.match(self.text, self.at)
        return match.end() if match else self.at

    def header(self, root: Marks, here: Marks, brackets: int) -> Marks:
        """Read ``[a.b]`` or ``[[a.b]]`` and give the table it opens."""
        self.at += brackets
        keys = list(self.keys())
        self.at += brackets
        node = root
        for key in keys[:-1]:
            node = node.parts.setdefault(key, Marks(self.file, here.line)).last()
        if brackets == 1:
            return node.parts.setdefault(keys[-1], here)
        array = node.parts.setdefault(keys[-1], Marks(self.file, here.line, is_array=True))
        array.parts[len(array.parts)] = here
        return here

    def keys(self) -> Iterator[str]:
        """Read a dotted key."""
        while True:
            self.at = self.skip(SPACE)
            match = KEY.match(self.text, self.at)
            if match is None:
                raise ValueError(f"no key at character {self.at}; the text is not valid TOML")
            self.at = match.end()
            yield match[0] if match[0][0] not in "\"'" else tomllib.loads(f"key = {match[0]}")["key"]
            self.at = self.skip(SPACE)
            if not self.text.startswith(".", self.at):
                return
            self.at += 1

    def pair(self, table: Marks) -> None:
        """Read ``key = value`` into a table."""
        here = self.mark()
        keys = list(self.keys())
        self.at += 1  # the equals sign
        for key in keys[:-1]:
            table = table.parts.setdefault(key, Marks(self.file, here.line))
        table.parts[keys[-1]] = here
        self.at = self.skip(SPACE)
        self.value(here)

    def value(self, node: Marks) -> None:
        """Read over a value, marking what is inside it."""
        opening = self.text[self.at]
        if opening == "[":
            self.array(node)
        elif opening == "{":
            self.table(node)
        else:
            end = self.skip(TEXT if opening in "\"'" else PLAIN)
            if end == self.at:
                raise ValueError(f"no value at character {self.at}; the text is not valid TOML")
            self.at = end

    def array(self, node: Marks) -> None:
        """Read ``[1, 2]``, over several lines where need be."""
        self.at += 1
        while self.text[self.blank()] != "]":
            item = node.parts[len(node.parts)] = self.mark()
            self.value(item)
            if self.text[self.blank()] == ",":
                self.at += 1
        self.at += 1

    def table(self, node: Marks) -> None:
        """Read ``{ a = 1, b = 2 }``."""
        self.at += 1
        while self.text[self.blank()] != "}":
            self.pair(node)
            if self.text[self.blank()] == ",":
                self.at += 1
        self.at += 1
