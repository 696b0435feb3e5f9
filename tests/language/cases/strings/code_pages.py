"""Encodings that are tables of characters, and UTF-7."""


def error_of(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


NAMES = (
    'cp037', 'cp1006', 'cp1026', 'cp1125', 'cp1140', 'cp1250', 'cp1251', 'cp1252', 'cp1253', 'cp1254', 'cp1255', 'cp1256',
    'cp1257', 'cp1258', 'cp273', 'cp424', 'cp437', 'cp500', 'cp720', 'cp737', 'cp775', 'cp850', 'cp852', 'cp855', 'cp856',
    'cp857', 'cp858', 'cp860', 'cp861', 'cp862', 'cp863', 'cp864', 'cp865', 'cp866', 'cp869', 'cp874', 'cp875', 'hp_roman8',
    'iso8859_1', 'iso8859_10', 'iso8859_11', 'iso8859_13', 'iso8859_14', 'iso8859_15', 'iso8859_16', 'iso8859_2',
    'iso8859_3', 'iso8859_4', 'iso8859_5', 'iso8859_6', 'iso8859_7', 'iso8859_8', 'iso8859_9', 'koi8_r', 'koi8_t', 'koi8_u',
    'kz1048', 'mac_arabic', 'mac_croatian', 'mac_cyrillic', 'mac_farsi', 'mac_greek', 'mac_iceland', 'mac_latin2',
    'mac_roman', 'mac_romanian', 'mac_turkish', 'palmos', 'ptcp154', 'tis_620',
)
every = bytes(range(256))
for name in NAMES:
    text = every.decode(name, 'replace')
    back = text.encode(name, 'replace')
    print(name, ascii(text[128:144]), len(text), sum(left == right for left, right in zip(every, back)), hash(text), hash(back))
for name in ('ISO-8859-15', 'latin9', 'windows-1251', 'KOI8-R', 'ibm850', 'macroman', '437', 'cyrillic', 'iso8859-7'):
    print(name, ascii('¤aé€Ж'.encode(name, 'replace')), ascii(b'\xa4\xe9\x80'.decode(name, 'replace')))
print(error_of(lambda: 'a€€b'.encode('koi8-r')), error_of(lambda: b'a\x81'.decode('cp1252')), error_of(lambda: 'é'.encode('cp424')))
for handler in ('ignore', 'backslashreplace', 'xmlcharrefreplace', 'namereplace'):
    print('a€Ж'.encode('cp1253', handler), 'a€Ж'.encode('cp037', handler))
print(b'\x81\x41'.decode('cp1252', 'backslashreplace'), b'ab'.decode('cp037'), 'AZ az'.encode('cp500'))

for text in (
    'A\u2262\u0391.', 'Hi Mom -\u263a-!', '\u65e5\u672c\u8a9e', 'Item 3 is \u00a31.', '+', '+-', '+?', '\\?', '++--', '\U000abcde',
    '/', '\ud801', '\ud801x', '\udc01x', '\ud801\U000abcde', '~\x00\t', 'é-', 'éa', 'é+', 'é é',
):
    data = text.encode('utf-7')
    print(data, data.decode('utf7') == text)
for data in (
    b'+\xc1', b'+@', b'+', b'a+2AE', b'+2AE-', b'+2AE-x', b'\xe9x', b'+AGE', b'+AG', b'+AGE\xe9', b'+AGEA-x', b'+AGF-', b'+-+-', b'+2Ab',
    b'+2AEA-', b'+AGEz!',
):
    print(data, ascii(error_of(lambda: data.decode('utf-7'))), ascii(error_of(lambda: data.decode('utf-7', 'replace'))))
