"""What the register and the co-design plan tell the ground."""
