"""The permissions that the shop's owner is asked for."""

PROFILE = ["public_profile", "email"]
PAGES = ["pages_show_list", "manage_pages", "pages_manage_posts"]
MESSAGES = ["pages_show_list", "pages_messaging", "pages_manage_metdata"]

FACEBOOK = PROFILE + PAGES + MESSAGES
INSTAGRAM = ["instagram_business_basic", "instagram_content_publish"]
