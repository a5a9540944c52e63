"""What people do: each episode solves the pose of one group of people for a relation that was drawn first."""
