"""The hint for a misspelt attribute."""
class Config:
    timeout = 5
Config().timeuot
