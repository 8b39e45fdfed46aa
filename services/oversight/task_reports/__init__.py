"""第二十九条 任务落实情况: a task report reaches the government office and justice at once. Begin with `domain`."""
