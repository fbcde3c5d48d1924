"""`vydno audit`: pages in every variant, what axe and our own checks find, and reports."""
