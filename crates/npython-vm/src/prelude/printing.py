"""Texts of containers whose items write their own, and print."""


def _fill_pieces(pieces):
    texts = []
    for piece in pieces:
        if type(piece) is tuple:
            _repr_enter(piece)
            try:
                texts.append(repr(piece[0]))
            finally:
                _repr_leave(piece)
        else:
            texts.append(piece)
    return ''.join(texts)


def _repr(value):
    return _fill_pieces(_repr_pieces(value, False))


def _repr_builtin(value):
    return _fill_pieces(_repr_pieces(value, True))


def _str_of_native(value):
    return type(value).__str__(value)


def _print(values, separator, end):
    separator = ' ' if separator is None else separator
    first = True
    for value in values:
        if first:
            first = False
        else:
            _write(separator)
        _write(str(value))
    _write('\n' if end is None else end)


def _print_to(values, separator, end, file, flush):
    separator = ' ' if separator is None else separator
    write = file.write
    first = True
    for value in values:
        if first:
            first = False
        else:
            write(separator)
        write(str(value))
    write('\n' if end is None else end)
    if flush:
        file.flush()
