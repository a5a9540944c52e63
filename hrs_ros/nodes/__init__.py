"""ROS 2, thin: messages to and from Scene, the perception node, the player. Logic lives elsewhere."""
