"""Division by zero in each form."""
for call in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 10**30 // 0, lambda: 10**400 / 3, lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
