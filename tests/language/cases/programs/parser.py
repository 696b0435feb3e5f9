"""A recursive-descent calculator."""
class ParseError(Exception): pass
def tokenize(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            yield "num", float(text[i:j]) if "." in text[i:j] else int(text[i:j])
            i = j
        elif c in "+-*/()^":
            yield "op", c
            i += 1
        else:
            raise ParseError(f"unexpected {c!r} at {i}")
    yield "end", None
class Parser:
    def __init__(self, text):
        self.tokens = tokenize(text)
        self.current = next(self.tokens)
    def advance(self):
        token, self.current = self.current, next(self.tokens, ("end", None))
        return token
    def expr(self, level=0):
        if level == 2:
            return self.power()
        value = self.expr(level + 1)
        while self.current[1] in (("+-", "*/")[level]) if self.current[0] == "op" else False:
            op = self.advance()[1]
            right = self.expr(level + 1)
            value = {"+": lambda: value + right, "-": lambda: value - right, "*": lambda: value * right, "/": lambda: value / right}[op]()
        return value
    def power(self):
        base = self.atom()
        if self.current == ("op", "^"):
            self.advance()
            return base ** self.power()
        return base
    def atom(self):
        kind, value = self.advance()
        if kind == "num":
            return value
        if value == "-":
            return -self.power()
        if value == "(":
            inner = self.expr()
            if self.advance() != ("op", ")"):
                raise ParseError("expected )")
            return inner
        raise ParseError(f"unexpected {kind} {value!r}")
for text in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "10 / 4 - 1.5", "1 / 0", "2 +", "(1", "3 $ 4", ""):
    try:
        print(text, "=", Parser(text).expr())
    except (ParseError, ZeroDivisionError) as error:
        print(text, "->", type(error).__name__, error)
