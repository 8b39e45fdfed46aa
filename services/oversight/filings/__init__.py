"""备案 (12, 13, 25): what is filed with justice is registered or returned. Begin with `domain`."""
