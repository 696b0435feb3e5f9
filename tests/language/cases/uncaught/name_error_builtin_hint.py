"""The hint for a misspelt builtin."""
pritn("hello")
