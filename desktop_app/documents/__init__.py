"""Paper: what a care plan says (content) and how it looks (layout). Joined by ``parts`` only."""
