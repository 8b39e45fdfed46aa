"""第二十七条 查询, 第二十二条第三款 协助: how agencies ask each other, answer, refuse and complain. Begin with `domain.acts`."""
