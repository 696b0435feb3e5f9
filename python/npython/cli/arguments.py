"""Command line arguments: options with one or two dashes, before or after the file.

Written by hand because the standard parsers cost a third of the whole start time (see conductor/tech-stack.md).
"""

from __future__ import annotations

__all__ = ["UsageError", "has_flag", "is_variable", "one_file", "parse"]


class UsageError(Exception):
    """The command line is wrong or names a file that cannot be read; the message is one line."""


def parse(
    arguments: list[str], valued: tuple[str, ...], flags: tuple[str, ...]
) -> tuple[list[str], dict[str, list[str]]]:
    """Split a command line into its positional arguments and its options with all values given.

    `-gas 5`, `--gas 5`, `-gas=5` and `--gas=5` are the same; `--` ends the options; `-` alone is positional.

    Args:
        arguments: What follows the command.
        valued: Names of options that have a value.
        flags: Names of options that have none.

    Raises:
        UsageError: An unknown option, one without its value, or a value it does not have.
    """
    positional: list[str] = []
    options: dict[str, list[str]] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            positional.extend(rest)
        elif argument == "-" or not argument.startswith("-"):
            positional.append(argument)
        else:
            name, equals, value = argument.removeprefix("-").removeprefix("-").partition("=")
            if name in flags:
                if equals:
                    raise UsageError(f"option --{name} has no value")
            elif name not in valued:
                raise UsageError(f"there is no option {argument.partition('=')[0]!r}; see --help")
            elif not equals:
                following = next(rest, None)
                if following is None:
                    raise UsageError(f"option --{name} needs a value")
                value = following
            options.setdefault(name, []).append(value)
    return positional, options


def has_flag(arguments: list[str], name: str) -> bool:
    """Tell whether a command line that may be wrong otherwise has a flag."""
    for argument in arguments:
        if argument == "--":
            break
        if argument in {f"-{name}", f"--{name}"}:
            return True
    return False


def is_variable(name: str) -> bool:
    """Tell whether a program can have a variable of this name."""
    from keyword import iskeyword

    return name.isidentifier() and not iskeyword(name)


def one_file(positional: list[str]) -> str:
    """Return the one file that the command is about.

    Raises:
        UsageError: There is none, or more than one.
    """
    if not positional:
        raise UsageError("which file? see --help")
    if len(positional) > 1:
        raise UsageError(f"one file at a time, but {positional[1]!r} follows {positional[0]!r}")
    return positional[0]
