"""Storefront: connects a shop's Page and Instagram account, and posts its products there."""
