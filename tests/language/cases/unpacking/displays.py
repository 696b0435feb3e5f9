"""Stars in displays, calls, returns and subscripts."""
a, b = [1, 2], {"k": 1}
print([*a, 3, *a], (*a, *"xy"), {*a, 5}, {**b, "z": 2, **{"k": 9}}, [*range(3), *{}], *a, sep="|")
print({"a": 1, **{}, "a": 2}, [*[*[1]]])
for call in (lambda: [*5], lambda: {**5}, lambda: {**[1]}, lambda: {*None}, lambda: (*1,)):
    try:
        call()
    except TypeError as error:
        print(error)
