"""What the focus groups tell the ground: their card on the audit home, their entry in the navigation."""
