"""The law and the register as each service knows them."""
