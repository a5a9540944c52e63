"""What evaluation needs of the perception core: a function from image to scene."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hrs_ros.scene import Scene

Predict = Callable[[NDArray[np.uint8]], Scene]  # (H, W, 3) RGB -> scene in the same pixels
Watch = Callable[[str, NDArray[np.uint8], Scene], None]  # told the name, image and scene of every prediction
