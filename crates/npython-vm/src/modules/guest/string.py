"""String constants, templates and formatting."""

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalizes the words of a text."""
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


class Template:
    """A text with $names to be replaced (PEP 292)."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None

    def __init__(self, template):
        self.template = template

    def _parts(self):
        """Pieces: (text, name or None, kind) where kind is "text", "name", "escape" or "invalid"."""
        text = self.template
        delimiter = self.delimiter
        at = 0
        while True:
            found = text.find(delimiter, at)
            if found < 0:
                yield text[at:], "text", at
                return
            if found > at:
                yield text[at:found], "text", at
            after = found + len(delimiter)
            if text.startswith(delimiter, after):
                yield delimiter, "escape", found
                at = after + len(delimiter)
                continue
            braced = text.startswith("{", after)
            start = after + 1 if braced else after
            end = start
            while end < len(text) and _is_name_character(text[end], end == start):
                end += 1
            if end > start and (not braced or text.startswith("}", end)):
                stop = end + 1 if braced else end
                yield text[start:end], "name", found
                yield text[found:stop], "source", found
                at = stop
                continue
            yield delimiter, "invalid", found
            at = after

    def _fill(self, mapping, safe):
        pieces = []
        missing = False
        for piece, kind, position in self._parts():
            if kind == "name":
                try:
                    pieces.append(str(mapping[piece]))
                    missing = False
                except KeyError:
                    if not safe:
                        raise
                    missing = True
            elif kind == "source":
                if missing:
                    pieces.append(piece)
            elif kind == "invalid":
                if not safe:
                    self._invalid(position)
                pieces.append(piece)
            else:
                pieces.append(piece)
        return "".join(pieces)

    def _invalid(self, position):
        lines = self.template[:position].splitlines(keepends=True)
        if not lines:
            column = 1
            line = 1
        else:
            column = position - len("".join(lines[:-1]))
            line = len(lines)
            column += 1
            if lines[-1].endswith("\n"):
                line += 1
                column = 1
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def substitute(self, mapping={}, /, **kws):
        return self._fill(_combined(mapping, kws), False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill(_combined(mapping, kws), True)

    def is_valid(self):
        return all(kind != "invalid" for _, kind, _ in self._parts())

    def get_identifiers(self):
        names = []
        for piece, kind, _ in self._parts():
            if kind == "name" and piece not in names:
                names.append(piece)
        return names


def _is_name_character(character, first):
    if character == "_" or "a" <= character <= "z" or "A" <= character <= "Z":
        return True
    return not first and "0" <= character <= "9"


def _combined(mapping, keywords):
    if not keywords:
        return mapping
    if not mapping:
        return keywords
    return _Layers(keywords, mapping)


class _Layers:
    def __init__(self, first, second):
        self.first = first
        self.second = second

    def __getitem__(self, key):
        if key in self.first:
            return self.first[key]
        return self.second[key]


class Formatter:
    """str.format with parts that can be overridden."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field is None:
                continue
            if field == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto)
                auto += 1
            elif field.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            value, key = self.get_field(field, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            result.append(self.format_field(value, spec))
        return "".join(result), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        literal = ""
        at = 0
        end = len(format_string)
        while at < end:
            character = format_string[at]
            if character == "}":
                if format_string.startswith("}}", at):
                    literal += "}"
                    at += 2
                    continue
                raise ValueError("Single '}' encountered in format string")
            if character != "{":
                literal += character
                at += 1
                continue
            if format_string.startswith("{{", at):
                literal += "{"
                at += 2
                continue
            depth = 1
            stop = at + 1
            while stop < end and depth:
                if format_string[stop] == "{":
                    depth += 1
                elif format_string[stop] == "}":
                    depth -= 1
                stop += 1
            if depth:
                raise ValueError("expected '}' before end of string" if stop > at + 1 else "Single '{' encountered in format string")
            yield (literal,) + _split_field(format_string[at + 1 : stop - 1])
            literal = ""
            at = stop
        if literal:
            yield literal, None, None, None

    def get_field(self, field_name, args, kwargs):
        first, rest = _split_name(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            value = getattr(value, key) if is_attribute else value[key]
        return value, first


def _split_field(field):
    depth = 0
    for at, character in enumerate(field):
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character == "!" and depth == 0:
            conversion = field[at + 1 : at + 2]
            return field[:at], field[at + 3 :], conversion
        elif character == ":" and depth == 0:
            return field[:at], field[at + 1 :], None
    return field, "", None


def _split_name(name):
    at = 0
    while at < len(name) and name[at] not in ".[":
        at += 1
    first = name[:at]
    rest = []
    while at < len(name):
        if name[at] == ".":
            stop = at + 1
            while stop < len(name) and name[stop] not in ".[":
                stop += 1
            rest.append((True, name[at + 1 : stop]))
            at = stop
        else:
            stop = name.index("]", at)
            key = name[at + 1 : stop]
            rest.append((False, int(key) if key.isdigit() else key))
            at = stop + 1
    return int(first) if first.isdigit() else first, rest
