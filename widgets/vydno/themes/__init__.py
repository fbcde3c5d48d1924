"""Themes whose contrast is proven, built from seeds. Needs coloraide, at build time only."""
