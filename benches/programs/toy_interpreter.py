"""A tokeniser, a recursive-descent parser and a stack machine for a tiny language."""

SOURCE = """
n = 2000
total = 0
while n > 0 {
  k = 2
  prime = 1
  while k * k <= n {
    if n % k == 0 { prime = 0 k = n } else { k = k + 1 }
  }
  if prime == 1 { total = total + n }
  n = n - 1
}
print total
"""


def tokenize(source):
    tokens = []
    position = 0
    while position < len(source):
        character = source[position]
        if character.isspace():
            position += 1
        elif character.isdigit():
            start = position
            while position < len(source) and source[position].isdigit():
                position += 1
            tokens.append(("number", int(source[start:position])))
        elif character.isalpha():
            start = position
            while position < len(source) and source[position].isalnum():
                position += 1
            tokens.append(("name", source[start:position]))
        elif source[position : position + 2] in ("==", "<=", ">=", "!="):
            tokens.append(("operator", source[position : position + 2]))
            position += 2
        else:
            tokens.append(("operator", character))
            position += 1
    tokens.append(("end", None))
    return tokens


class Compiler:
    PRECEDENCE = {"==": 1, "!=": 1, "<=": 1, ">=": 1, "<": 1, ">": 1, "+": 2, "-": 2, "*": 3, "%": 3}

    def __init__(self, tokens):
        self.tokens = tokens
        self.position = 0
        self.code = []

    def peek(self):
        return self.tokens[self.position]

    def take(self):
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expect(self, text):
        kind, value = self.take()
        if value != text:
            raise SyntaxError(f"expected {text}, got {value}")

    def emit(self, operation, argument=None):
        self.code.append([operation, argument])
        return len(self.code) - 1

    def block(self):
        self.expect("{")
        while self.peek()[1] != "}":
            self.statement()
        self.expect("}")

    def statement(self):
        kind, value = self.take()
        if value == "while":
            start = len(self.code)
            self.expression(0)
            leave = self.emit("jump_if_zero")
            self.block()
            self.emit("jump", start)
            self.code[leave][1] = len(self.code)
        elif value == "if":
            self.expression(0)
            skip = self.emit("jump_if_zero")
            self.block()
            if self.peek()[1] == "else":
                self.take()
                leave = self.emit("jump")
                self.code[skip][1] = len(self.code)
                self.block()
                self.code[leave][1] = len(self.code)
            else:
                self.code[skip][1] = len(self.code)
        elif value == "print":
            self.expression(0)
            self.emit("print")
        elif kind == "name":
            self.expect("=")
            self.expression(0)
            self.emit("store", value)
        else:
            raise SyntaxError(f"unexpected {value}")

    def expression(self, minimum):
        kind, value = self.take()
        if kind == "number":
            self.emit("push", value)
        elif kind == "name":
            self.emit("load", value)
        else:
            raise SyntaxError(f"unexpected {value}")
        while True:
            kind, operator = self.peek()
            precedence = self.PRECEDENCE.get(operator, 0) if kind == "operator" else 0
            if precedence == 0 or precedence < minimum:
                return
            self.take()
            self.expression(precedence + 1)
            self.emit("binary", operator)


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "%": lambda a, b: a % b,
    "==": lambda a, b: 1 if a == b else 0,
    "!=": lambda a, b: 1 if a != b else 0,
    "<=": lambda a, b: 1 if a <= b else 0,
    ">=": lambda a, b: 1 if a >= b else 0,
    "<": lambda a, b: 1 if a < b else 0,
    ">": lambda a, b: 1 if a > b else 0,
}


def execute(code):
    stack = []
    variables = {}
    output = []
    counter = 0
    steps = 0
    while counter < len(code):
        operation, argument = code[counter]
        counter += 1
        steps += 1
        if operation == "push":
            stack.append(argument)
        elif operation == "load":
            stack.append(variables[argument])
        elif operation == "binary":
            right = stack.pop()
            left = stack.pop()
            stack.append(OPERATIONS[argument](left, right))
        elif operation == "store":
            variables[argument] = stack.pop()
        elif operation == "jump_if_zero":
            if stack.pop() == 0:
                counter = argument
        elif operation == "jump":
            counter = argument
        elif operation == "print":
            output.append(stack.pop())
    return output, steps


compiler = Compiler(tokenize(SOURCE))
while compiler.peek()[0] != "end":
    compiler.statement()
output, steps = execute(compiler.code)
result = (output, steps)
assert result == ([277051], 276688), result
print("toy_interpreter", *output, steps)
