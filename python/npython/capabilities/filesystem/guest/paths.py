# Runs in the sandbox, after `files.py`: `Path`, after `pathlib.PosixPath`.


def _name_matches(name, pattern):
    """Whether a name matches a pattern of *, ? and [...]; only the last star is ever gone back to."""
    at = place = 0
    star = star_place = -1
    while place < len(name):
        width = _width(pattern, at)
        if width and pattern[at] == "*":
            star, star_place = at, place
            at += 1
        elif width and _character_matches(name[place], pattern[at : at + width]):
            at += width
            place += 1
        elif star >= 0:
            at = star + 1
            star_place += 1
            place = star_place
        else:
            return False
    return not pattern[at:].strip("*")


def _width(pattern, at):
    """How many characters the element of the pattern at this place has: 0 at its end."""
    if at >= len(pattern):
        return 0
    if pattern[at] == "[":
        first = at + 2 if pattern[at + 1 : at + 2] == "!" else at + 1
        end = pattern.find("]", first + 1)
        if end >= 0:
            return end + 1 - at
    return 1


def _character_matches(character, element):
    if element == "?":
        return True
    if len(element) < 3:
        return character == element
    inner = element[1:-1]
    wanted = not inner.startswith("!")
    if not wanted:
        inner = inner[1:]
    at = 0
    while at < len(inner):
        if inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
            if inner[at] <= character <= inner[at + 2]:
                return wanted
            at += 3
        else:
            if inner[at] == character:
                return wanted
            at += 1
    return not wanted


class PosixPath:
    """A path beneath the root, after pathlib.Path."""

    __slots__ = ("_names", "_root")

    def __init__(self, *segments):
        root = ""
        names = []
        for segment in segments:
            if type(segment) is PosixPath:
                if segment._root:
                    root = segment._root
                    names = []
                names += segment._names
                continue
            if not isinstance(segment, str):
                method = getattr(type(segment), "__fspath__", None)
                if method is None:
                    raise TypeError(
                        "argument should be a str or an os.PathLike object where __fspath__ returns a str, "
                        f"not {type(segment).__name__!r}"
                    )
                segment = method(segment)
            if segment.startswith("/"):
                root = "//" if segment.startswith("//") and not segment.startswith("///") else "/"
                names = []
            names += [name for name in segment.split("/") if name and name != "."]
        self._root = root
        self._names = tuple(names)

    def _with_names(self, names):
        path = Path()
        path._root = self._root
        path._names = tuple(names)
        return path

    def __str__(self):
        return self._root + "/".join(self._names) or "."

    def __fspath__(self):
        return str(self)

    as_posix = __str__

    def __repr__(self):
        return f"PosixPath({str(self)!r})"

    def __eq__(self, other):
        if not isinstance(other, Path):
            return NotImplemented
        return self._root == other._root and self._names == other._names

    def __hash__(self):
        return hash((self._root, self._names))

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, Path) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, Path) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, Path) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, Path) else NotImplemented

    def __truediv__(self, other):
        return Path(self, other) if hasattr(type(other), "__fspath__") or isinstance(other, str) else NotImplemented

    def __rtruediv__(self, other):
        return Path(other, self) if hasattr(type(other), "__fspath__") or isinstance(other, str) else NotImplemented

    def joinpath(self, *others):
        return Path(self, *others)

    @property
    def parts(self):
        return (self._root, *self._names) if self._root else self._names

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        suffix = self.suffix
        return self.name[: -len(suffix)] if suffix else self.name

    @property
    def parent(self):
        return self._with_names(self._names[:-1])

    @property
    def parents(self):
        return tuple(self._with_names(self._names[:count]) for count in range(len(self._names) - 1, -1, -1))

    def is_absolute(self):
        return bool(self._root)

    def with_name(self, name):
        if not self._names:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return self._with_names((*self._names[:-1], name))

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if not self._names:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and (not suffix.startswith(".") or suffix == "." or "/" in suffix):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(self.stem + suffix)

    def is_relative_to(self, other):
        other = Path(other)
        return self._root == other._root and self._names[: len(other._names)] == other._names

    def relative_to(self, other):
        other = Path(other)
        if not self.is_relative_to(other):
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
        return Path(*self._names[len(other._names) :])

    def match(self, pattern):
        wanted = Path(pattern)
        if not wanted._names:
            raise ValueError("empty pattern")
        if len(wanted._names) > len(self._names) or (wanted._root and wanted._root != self._root):
            return False
        if wanted._root and len(wanted._names) != len(self._names):
            return False
        names = self._names[len(self._names) - len(wanted._names) :]
        return all(_name_matches(name, part) for name, part in zip(names, wanted._names))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(str(self), mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        return _load(str(self))

    def read_text(self, encoding=None, errors=None, newline=None):
        text = _load(str(self)).decode(encoding or "utf-8", errors or "strict")
        return _universal(text) if newline is None and "\r" in text else text

    def write_bytes(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(data).__name__}'")
        _replace(str(self), bytes(data))
        return len(data)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline}")
        text = data.replace("\n", newline) if newline in ("\r", "\r\n") else data
        _replace(str(self), text.encode(encoding or "utf-8", errors or "strict"))
        return len(data)

    def exists(self):
        return _kind(str(self)) is not None

    def is_file(self):
        return _kind(str(self)) == "file"

    def is_dir(self):
        return _kind(str(self)) == "directory"

    def stat(self):
        return _Status(stat(str(self)))

    def iterdir(self):
        return iter([self / name for name, _ in _entries(str(self))])

    def glob(self, pattern):
        if str(pattern).startswith("/"):
            raise NotImplementedError("Non-relative patterns are unsupported")
        parts = Path(pattern)._names
        if not parts:
            raise ValueError(f"Unacceptable pattern: {str(pattern)!r}")
        found = [self] if self.is_dir() else []
        for count, part in enumerate(parts, start=1):
            last = count == len(parts) and not str(pattern).endswith("/")
            if part == "**":
                found = list(dict.fromkeys(inner for path in found for inner in path._descend(files=last)))
            elif any(character in part for character in "*?["):
                found = [
                    path / name
                    for path in found
                    for name, kind in _entries(str(path))
                    if (last or kind == "directory") and _name_matches(name, part)
                ]
            else:
                wanted = ("file", "directory") if last else ("directory",)
                found = [path / part for path in found if _kind(str(path / part)) in wanted]
        return iter(found)

    def rglob(self, pattern):
        return self.glob("**/" + str(pattern))

    def _descend(self, files):
        found = []
        waiting = [self]
        while waiting:
            path = waiting.pop()
            found.append(path)
            inner = [(path / name, kind) for name, kind in _entries(str(path))]
            if files:
                found += [child for child, kind in inner if kind == "file"]
            waiting += [child for child, kind in reversed(inner) if kind == "directory"]
        return found

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        make_dir(str(self), parents, exist_ok)

    def touch(self, mode=0o666, exist_ok=True):
        _open_for_writing(str(self), True, not exist_ok, False)

    def unlink(self, missing_ok=False):
        try:
            _remove_file(str(self))
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        _remove_directory(str(self))

    def rename(self, target):
        rename(str(self), str(target))
        return Path(target)

    replace = rename


Path = PosixPath


class _Status:
    __slots__ = ("st_mtime", "st_size")

    def __init__(self, known):
        self.st_size = known["size"]
        self.st_mtime = float(known["modified"])

    def __repr__(self):
        return f"stat_result(st_size={self.st_size}, st_mtime={self.st_mtime})"
