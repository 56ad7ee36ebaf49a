"""Tables of the focus groups that people fill in and bring back."""
