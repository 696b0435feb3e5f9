"""Wrapping and indenting of text."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_WHITESPACE = "\t\n\x0b\x0c\r "
_WORD_PUNCTUATION = "_!\"'&.,?"


def _is_word(text, at):
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] in _WORD_PUNCTUATION)


def _is_letter(text, at):
    return 0 <= at < len(text) and (text[at] == "_" or (text[at].isalnum() and not text[at].isdigit()))


def _dashes_before_word(text, at):
    """The number of dashes at `at` if there are two or more and a word follows, else 0."""
    end = at
    while end < len(text) and text[end] == "-":
        end += 1
    follows = end < len(text) and (text[end].isalnum() or text[end] == "_")
    return end - at if end - at >= 2 and follows else 0


def _breaks_after_hyphen(text, at):
    """Whether a line may end behind the hyphen right before `at`."""
    two_letters = _is_letter(text, at - 3) and _is_letter(text, at - 2)
    one_letter = _is_letter(text, at - 4) and text[at - 3] == "-" and _is_word(text, at - 2)
    if not (two_letters or one_letter) or not _is_letter(text, at):
        return False
    return _is_letter(text, at + 1) or (at + 1 < len(text) and text[at + 1] == "-" and _is_letter(text, at + 2))


def _end_of_word(text, at):
    end = at + 1
    while end < len(text):
        if text[end] in _WHITESPACE:
            return end
        if text[end] == "-" and _breaks_after_hyphen(text, end + 1):
            return end + 1
        if _is_word(text, end - 1) and _dashes_before_word(text, end):
            return end
        end += 1
    return end


def _end_of_run(text, at):
    space = text[at] in _WHITESPACE
    end = at + 1
    while end < len(text) and (text[end] in _WHITESPACE) == space:
        end += 1
    return end


class TextWrapper:
    """Wraps and fills text with these settings."""

    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(character): " " for character in _WHITESPACE})
        return text

    def _split(self, text):
        chunks = []
        at = 0
        while at < len(text):
            if not self.break_on_hyphens or text[at] in _WHITESPACE:
                end = _end_of_run(text, at)
            elif _is_word(text, at - 1) and _dashes_before_word(text, at):
                end = at + _dashes_before_word(text, at)
            else:
                end = _end_of_word(text, at)
            chunks.append(text[at:end])
            at = end
        return chunks

    def _fix_sentence_endings(self, chunks):
        for at in range(len(chunks) - 1):
            word = chunks[at].rstrip("\"'")
            ends = len(word) > 1 and word[-1] in ".!?" and word[-2].islower() and word[-2].isascii()
            if ends and chunks[at + 1] == " ":
                chunks[at + 1] = "  "

    def _break_long_word(self, chunks, line, length, width):
        room = 1 if width < 1 else width - length
        if self.break_long_words:
            end = room
            chunk = chunks[-1]
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind("-", 0, room)
                if hyphen > 0 and any(character != "-" for character in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()
        while chunks:
            line = []
            length = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == "" and lines:
                del chunks[-1]
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break_long_word(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == "":
                length -= len(line[-1])
                del line[-1]
            if not line:
                continue
            rest = not chunks or (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            if self.max_lines is None or len(lines) + 1 < self.max_lines or (rest and length <= width):
                lines.append(indent + "".join(line))
                continue
            self._end_with_placeholder(lines, line, length, width, indent)
            break
        return lines

    def _end_with_placeholder(self, lines, line, length, width, indent):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + "".join(line))
                return
            length -= len(line[-1])
            del line[-1]
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def wrap(self, text):
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """Takes away the blanks that all lines begin with; lines of blanks only become empty."""
    lines = []
    margin = None
    for line in text.split("\n"):
        content = line.lstrip(" \t")
        if content == "":
            lines.append("")
            continue
        lines.append(line)
        indent = line[: len(line) - len(content)]
        if margin is None:
            margin = indent
        else:
            common = 0
            for left, right in zip(margin, indent):
                if left != right:
                    break
                common += 1
            margin = margin[:common]
    if margin:
        width = len(margin)
        lines = [line[width:] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))
