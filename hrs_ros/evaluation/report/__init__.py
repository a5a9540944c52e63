"""A page to look at: tables beside the paper's, and images with what was found and missed in them."""
