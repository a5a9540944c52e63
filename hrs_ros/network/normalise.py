"""ImageNet colour statistics in 0-255 units, RGB order: the input convention of every backbone."""

MEAN: tuple[float, float, float] = (123.675, 116.28, 103.53)
STD: tuple[float, float, float] = (58.395, 57.12, 57.375)
