"""Quotes, escapes, raw strings, implicit concatenation."""
print('single "double"', "it's", '''triple
line''', "tab\tend", "a\\b", "\x41\u00e9\U0001F600\101\N{GREEK SMALL LETTER PI}", r"\n raw", "con" "cat" 'ed')
print(repr("\n\t\r\\\0\x1f\x7f"), len("line\
continued"))
