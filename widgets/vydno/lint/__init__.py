"""`vydno lint`: the rules of a site's styles that keep text from growing, and mending them."""
