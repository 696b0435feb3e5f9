# Runs in the sandbox: `open` and its file objects, over host functions that work on a whole file by its path.
#
# A file object holds no handle of the host: reading works on the content as it was when the file was opened, writing goes
# to the path. What is written inside `with` is collected and goes out in pieces; without `with` it goes out at once,
# because nothing would tell when the program has forgotten the file.

_PIECE = 65536
#: Encodings that write a mark at the start of a file, with what writes the rest.
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}


class UnsupportedOperation(OSError, ValueError):
    """The file was not opened for this."""


_UnsupportedOperation = UnsupportedOperation
del UnsupportedOperation


def _path_text(path):
    if isinstance(path, str):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        expected = "str" if isinstance(path, bytes) else "str, bytes"
        raise TypeError(f"expected {expected} or os.PathLike object, not {type(path).__name__}")
    return method(path)


#: What a mode means, by mode, once it was used: see `_Mode`.
_MODES = {}


class _Mode:
    def __init__(self, mode):
        if not isinstance(mode, str):
            raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
        letters = set(mode)
        if letters - set("rwxabt+") or len(mode) > len(letters):
            raise ValueError(f"invalid mode: {mode!r}")
        if "t" in letters and "b" in letters:
            raise ValueError("can't have text and binary mode at once")
        kinds = len(letters & set("rwxa"))
        if kinds > 1:
            raise ValueError("must have exactly one of create/read/write/append mode")
        if not kinds:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        self.text = mode
        self.binary = "b" in letters
        self.readable = "r" in letters or "+" in letters
        self.writable = "r" not in letters or "+" in letters
        self.creates = "r" not in letters
        self.exclusive = "x" in letters
        self.truncates = "w" in letters
        self.appends = "a" in letters
        _MODES[mode] = self


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
    """Open a file beneath the root, in text or binary mode, as the built-in of Python does."""
    path = file if isinstance(file, str) else _path_text(file)
    plain = encoding is None and errors is None and newline is None
    if plain and buffering and mode == "r":
        return _TextReader(path)
    mode = _MODES.get(mode) or _Mode(mode)
    if mode.binary:
        if not plain:
            _refuse_text_options(encoding, errors, newline)
        return _BinaryFile(path, mode)
    if plain and buffering:
        return _TextFile(_BinaryFile(path, mode), mode)
    if newline not in (None, "", "\n", "\r", "\r\n"):
        raise ValueError(f"illegal newline value: {newline}")
    if buffering == 0:
        raise ValueError("can't have unbuffered text I/O")
    "".encode("utf-8" if encoding is None else encoding)
    file = _TextFile(_BinaryFile(path, mode), mode)
    file.encoding = encoding or "UTF-8"
    file.errors = errors or "strict"
    file._newline = newline
    file._ending = newline if newline in ("\r", "\r\n") else "\n"
    return file


def _refuse_text_options(encoding, errors, newline):
    for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
        if value is not None:
            raise ValueError(f"binary mode doesn't take {'an' if name[0] == 'e' else 'a'} {name} argument")


class _BinaryFile:
    closed = False
    # Whether what is written waits to go out in pieces; what waits, its bytes, and where it goes.
    _collects = False
    _pending = ()
    _pending_size = 0
    _pending_start = 0
    _position = 0
    # What a readable file holds, a bytearray if it is written too.
    _content = None

    def __init__(self, path, mode, content=None):
        self.name = path
        self.mode = mode.text
        self._readable = mode.readable
        self._writable = mode.writable
        self._appends = mode.appends
        if not mode.writable:
            self._content = _load(path) if content is None else content
            return
        size = _open_for_writing(path, mode.creates, mode.exclusive, mode.truncates)
        if mode.appends:
            self._position = size
        if mode.readable:
            self._content = bytearray(_load(path) if size else b"")

    def __repr__(self):
        kind = "BufferedRandom" if self._readable and self._writable else "BufferedReader"
        return f"<_io.{kind if self._readable else 'BufferedWriter'} name={self.name!r}>"

    def _check_readable(self, operation="read"):
        if self.closed:
            raise ValueError(f"{operation} of closed file")
        if not self._readable:
            raise _UnsupportedOperation(operation)

    def read(self, size=-1):
        self._check_readable()
        start = self._position
        end = len(self._content)
        if size is not None and size >= 0:
            end = min(end, start + size)
        self._position = max(start, end)
        return bytes(self._content[start:end])

    read1 = read

    def readline(self, size=-1):
        self._check_readable("readline")
        start = self._position
        end = self._content.find(b"\n", start) + 1 or len(self._content)
        if size is not None and size >= 0:
            end = min(end, start + size)
        self._position = max(start, end)
        return bytes(self._content[start:end])

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readlines(self, hint=-1):
        return _lines_of(self, hint)

    def __iter__(self):
        self._check_readable("readline")
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data):
        if self.closed:
            raise ValueError("write to closed file")
        if not self._writable:
            raise _UnsupportedOperation("write")
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
        data = bytes(data)
        if self._appends and self._content is not None:
            self._position = len(self._content)
        if not self._pending:
            self._pending = []
            self._pending_start = self._position
        self._pending.append(data)
        self._pending_size += len(data)
        if self._content is not None and data:
            gap = self._position - len(self._content)
            if gap > 0:
                self._content += bytes(gap)
            self._content[self._position : self._position + len(data)] = data
        self._position += len(data)
        if not self._collects or self._pending_size >= _PIECE:
            self.flush()
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        if self.closed:
            raise ValueError("flush of closed file")
        if self._pending:
            data = b"".join(self._pending)
            start = None if self._appends else self._pending_start
            self._pending = []
            self._pending_size = 0
            if data:
                end = _write_at(self.name, data, start)
                if self._appends:
                    self._position = end

    def seek(self, offset, whence=0):
        if self.closed:
            raise ValueError("seek of closed file")
        if whence not in (0, 1, 2):
            raise ValueError(f"whence value {whence} unsupported")
        self.flush()
        if whence == 1:
            offset += self._position
        elif whence == 2:
            offset += self._size()
        if offset < 0:
            raise OSError(22, "Invalid argument")
        self._position = offset
        return offset

    def _size(self):
        if self._content is not None:
            return len(self._content)
        return _open_for_writing(self.name, False, False, False)

    def tell(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        return self._position

    def truncate(self, size=None):
        if self.closed:
            raise ValueError("truncate of closed file")
        if not self._writable:
            raise _UnsupportedOperation("truncate")
        self.flush()
        if size is None:
            size = self._position
        if size < 0:
            raise OSError(22, "Invalid argument")
        _truncate(self.name, size)
        if self._content is not None:
            self._content = self._content[:size] + bytes(max(0, size - len(self._content)))
        return size

    def close(self):
        if not self.closed:
            try:
                self.flush()
            finally:
                self.closed = True

    def __enter__(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        self._collects = True
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def readable(self):
        self._check_open()
        return self._readable

    def writable(self):
        self._check_open()
        return self._writable

    def seekable(self):
        self._check_open()
        return True

    def isatty(self):
        self._check_open()
        return False

    def fileno(self):
        raise _UnsupportedOperation("fileno")


def _lines_of(file, hint):
    if hint is None or hint <= 0:
        return list(file)
    lines = []
    for line in file:
        lines.append(line)
        hint -= len(line)
        if hint <= 0:
            break
    return lines


def _universal(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _TextFile:
    closed = False
    encoding = "UTF-8"
    errors = "strict"
    line_buffering = False
    _newline = None
    _ending = "\n"
    # The text from byte `_base` on, once something was read; `_raw` is it before its line ends were made "\n".
    _text = None
    _raw = None
    _base = 0
    _index = 0

    def __init__(self, buffer, mode):
        self.buffer = buffer
        self.name = buffer.name
        self.mode = mode.text

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _decoded(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        buffer = self.buffer
        if not buffer._readable:
            raise _UnsupportedOperation("not readable")
        if self._text is None:
            self._base = buffer._position
            content = buffer._content[self._base :] if self._base else buffer._content
            text = self._raw = content.decode(self.encoding, self.errors)
            self._index = 0
            if self._newline is None and "\r" in text:
                text = _universal(text)
            self._text = text
        return self._text

    def read(self, size=-1):
        text = self._text
        if text is None or self.closed:
            text = self._decoded()
        start = self._index
        if size is None or size == -1:
            self._index = len(text)
            return text[start:] if start else text
        if not isinstance(size, int):
            raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'")
        self._index = len(text) if size < 0 else min(len(text), start + size)
        return text[start : self._index]

    def readline(self, size=-1):
        text = self._text
        if text is None or self.closed:
            text = self._decoded()
        start = self._index
        if self._newline == "":
            end = self._end_of_any_line(text, start)
        else:
            ending = self._ending
            end = text.find(ending, start)
            end = len(text) if end < 0 else end + len(ending)
        if size is not None and size >= 0:
            end = min(end, start + size)
        self._index = end
        return text[start:end]

    def _end_of_any_line(self, text, start):
        feed = text.find("\n", start)
        carriage = text.find("\r", start, feed if feed >= 0 else len(text))
        if carriage < 0:
            return feed + 1 or len(text)
        return carriage + 2 if carriage + 1 == feed else carriage + 1

    def readlines(self, hint=-1):
        self._decoded()
        return _lines_of(self, hint)

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, text):
        self._check_open()
        buffer = self.buffer
        if not buffer._writable:
            raise _UnsupportedOperation("not writable")
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._text is not None:
            # Reading goes ahead of the program: writing after it adds at the end, as with a file of one piece.
            buffer._position = len(buffer._content) if self._index else self._base
            self._text = None
        translated = text.replace("\n", self._ending) if self._ending != "\n" and "\n" in text else text
        encoding = self.encoding
        if buffer._position:
            encoding = _UNMARKED.get(encoding.lower().replace("_", "-"), encoding)
        buffer.write(translated.encode(encoding, self.errors))
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        self._check_open()
        self.buffer.flush()

    def tell(self):
        self._check_open()
        if self._text is None or not self._index:
            return self.buffer.tell() if self._text is None else self._base
        consumed = self._index
        if self._raw is not self._text:
            consumed = self._raw_length(consumed)
        return self._base + len(self._raw[:consumed].encode(self.encoding, self.errors))

    def _raw_length(self, length):
        """How much of the raw text became `length` characters: each pair of carriage return and line feed became one."""
        position = 0
        pair = self._raw.find("\r\n")
        while pair >= 0 and pair < length + position:
            position += 1
            pair = self._raw.find("\r\n", pair + 2)
        return length + position

    def seek(self, offset, whence=0):
        self._check_open()
        if whence not in (0, 1, 2):
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if whence and offset:
            raise _UnsupportedOperation(f"can't do nonzero {'cur' if whence == 1 else 'end'}-relative seeks")
        if whence == 1:
            offset, whence = self.tell(), 0
        elif offset < 0:
            raise ValueError(f"negative seek position {offset}")
        self._text = None
        return self.buffer.seek(offset, whence)

    def truncate(self, size=None):
        self._check_open()
        if not self.buffer._writable:
            raise _UnsupportedOperation("truncate")
        size = self.tell() if size is None else size
        self._text = None
        return self.buffer.truncate(size)

    def close(self):
        self.closed = True
        self.buffer.close()

    def __enter__(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        self.buffer._collects = True
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def isatty(self):
        return self.buffer.isatty()

    def fileno(self):
        raise _UnsupportedOperation("fileno")


class _TextReader(_TextFile):
    """What `open(path)` returns, which most programs use: no more than the text until more is asked for."""

    mode = "r"
    _buffer = None

    def __init__(self, path):
        self.name = path
        content = _load_text(path)
        if isinstance(content, str):
            self._raw = content
            self._text = _universal(content) if "\r" in content else content
        else:
            self._buffer = _BinaryFile(path, _MODES.get("r") or _Mode("r"), content)

    @property
    def buffer(self):
        buffer = self._buffer
        if buffer is None:
            # Where the text begins is where the bytes are.
            mode = _MODES.get("r") or _Mode("r")
            buffer = self._buffer = _BinaryFile(self.name, mode, self._raw.encode())
            buffer.closed = self.closed
        return buffer

    def close(self):
        self.closed = True
        if self._buffer is not None:
            self._buffer.closed = True

    def __enter__(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self

    def __exit__(self, kind, error, traceback):
        self.closed = True
        if self._buffer is not None:
            self._buffer.closed = True
