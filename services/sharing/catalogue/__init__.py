"""第二十六条 信息资源目录: what each agency can share, and how it is got. Begin with `domain`."""
