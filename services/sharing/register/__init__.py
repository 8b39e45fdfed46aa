"""第三条, 第二十七条第一项: the register of agencies, their powers, dissolution and successors. Begin with `agencies`."""
