"""Targets of every form."""
a, b = 1, 2
a, b = b, a
(c, d), [e, f] = "xy", (3, 4)
*g, h = range(4)
i, *j, k = "abcde"
l, *m = [1]
[n] = [9]
o, (p, *q), r = 1, [2, 3, 4], 5
x = y = [0]
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, x is y)
class T: pass
t = T()
t.x, box = 1, {}
box["k"], t.y = 2, 3
print(t.x, t.y, box)
() = []
z, = {"key": "only"}
print(z)
