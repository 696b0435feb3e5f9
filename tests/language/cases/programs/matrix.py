"""Operators on nested lists."""
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __matmul__(self, other):
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])
    def __getitem__(self, key):
        i, j = key
        return self.rows[i][j]
    def __eq__(self, other): return self.rows == other.rows
    def transpose(self): return Matrix(zip(*self.rows))
    def __str__(self): return "\n".join(" ".join(f"{v:4}" for v in r) for r in self.rows)
m = Matrix([[1, 2], [3, 4], [5, 6]])
print(m @ m.transpose())
print(m.transpose()[0, 2], m == m.transpose().transpose())
