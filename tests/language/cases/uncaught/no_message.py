"""An exception without arguments."""
raise NotImplementedError
