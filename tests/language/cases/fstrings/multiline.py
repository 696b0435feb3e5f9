"""Triple-quoted f-strings, comments and line breaks inside the braces."""
value = {"a": [1, 2, 3]}
print(f"""first {
    value["a"][
        1
    ]  # a comment
} second
{'third'
 'joined'}
{value['a']!r:>12}""")
print(f"{'\n'.join(['x', 'y'])}", f"{"inner \"escaped\""}", f'{'single'}')
print("implicit " f"{1}" " joined " rf"{2}\d" 'end')
