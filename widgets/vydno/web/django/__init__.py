"""The door for Django: an application, a middleware, template tags, and addresses to include."""
