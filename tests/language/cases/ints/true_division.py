"""Int over int is a correctly rounded float, also for big ints."""
print(1 / 3, 7 / 2, -7 / 2, 10**30 / 10**29, (10**400) / (10**399), 2**1074 / 2**1075, 1 / 10**400, 9007199254740993 / 1)
