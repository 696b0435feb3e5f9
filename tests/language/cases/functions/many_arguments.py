"""A call with hundreds of arguments and a function with many parameters."""
def total(*args):
    return len(args), sum(args)
print(total(*range(1000)))
def wide(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z):
    return a + z, locals()["m"]
print(wide(*range(26)))
