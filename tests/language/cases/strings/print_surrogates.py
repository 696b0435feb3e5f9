"""Lone surrogates cannot be printed."""


class Named:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return self.name


for value in ("\ud800", "ab\udfffc", Named("\udc80")):
    try:
        print("before", value, "after")
    except UnicodeEncodeError as error:
        print("|", error)
print(["\ud800"], ascii("\udc80"), Named("\U0010f800x") and "\U0010f800")
