"""What makes the built folder an npm package: descriptions of the elements for people's tools.

Nothing here is told twice: elements, attributes and events come from the widgets' READMEs, values
from ``preferences.json``, functions from their JSDoc, what the package says of itself from
``pyproject.toml``.
"""
