"""Graph API calls: which call of a client or library reaches which endpoint, judged from its address and arguments."""
