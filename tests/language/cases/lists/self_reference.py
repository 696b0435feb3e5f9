"""A list that contains itself prints with dots."""
x = [1]
x.append(x)
print(x, x[1] is x, len(x), x[1][1][0])
d = {}
d["me"] = d
t = (d, [d])
print(d, t)
