"""Integer literals in every base, with underscores."""
print(0, 7, 1_000_000, 0x_FF, 0XdeadBEEF, 0o17, 0b1010, 0B1)
print(00, 0_0, 123456789012345678901234567890)
