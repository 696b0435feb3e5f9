"""Expressions, conversions, specs, nesting, escapes."""
x, name, items = 3.14159, "Ann", [1, 2]
print(f"{x}", f"{x:.2f}", f"{name!r:>8}|", f"{name:^9}|", f"{{}}{{{x}}}", f"{x:{'>'}{10}.{3}}", f"{items[0] + 1}", f"{'nested ' + f'{name}'}", f"{ {'k': 1}['k'] }", f"{x if x > 3 else 0:.0f}", f"{(lambda v: v * 2)(4)}", f"a{1}b{2}c", f"", f"{name!s}{name!a}")
print(f"{x=}", f"{x = }", f"{name=!s}", f"{x=:.1f}", f"{1 + 1=}", f"{name = !r:>10}", f"{items=}", rf"\n{x}", f"\n{name}\t|".strip(), f'{"same quotes"}', f"{'a' 'b'}", f"{1,2}", f"{*items,}")
