"""eval, exec and compile with namespaces."""
x = 10
print(eval("x + 1"), eval("x", {"x": 5}), eval("a + b", {"a": 1}, {"b": 2}), eval(compile("x * 2", "<s>", "eval")), eval(" 3 "))
namespace = {}
exec("def f(n):\n    return n * k\nk = 3\nresult = f(4)", namespace)
print(namespace["result"], sorted(n for n in namespace if not n.startswith("__")), exec("pass"))
exec("x = 99")
print(x)
def local():
    y = 1
    exec("y = 2; z = 3")
    return y, eval("y + 1")
print(local())
for source in ("1 +", "x = 1", "(", "undefined_q", "1/0", "'abc"):
    try:
        eval(source)
    except Exception as error:
        print(type(error).__name__, error)
