"""List, dict and set comprehensions, nested and filtered."""


def work(count):
    squares = [number * number for number in range(count)]
    odd = [value for value in squares if value % 3 == 1]
    table = {number: number % 7 for number in range(count)}
    residues = {value % 1000 for value in odd}
    pairs = [(row, column) for row in range(40) for column in range(row) if (row + column) % 2]
    flipped = {residue: [key for key in range(30) if table[key] == residue] for residue in range(7)}
    grid = [[row * column for column in range(25)] for row in range(25)]
    transposed = [[row[index] for row in grid] for index in range(25)]
    return len(odd) + sum(residues) + len(pairs) + len(flipped) + sum([sum(row) for row in transposed])


result = 0
for _ in range(12):
    result += work(25000)
assert result == 2216376, result
print("comprehensions", result)
