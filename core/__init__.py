"""What every page and action is made of, and no subject owns."""
