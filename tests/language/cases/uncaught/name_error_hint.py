"""The hint for a misspelt name."""
colour = 1
print(color)
