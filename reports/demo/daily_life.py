"""x"""
def enter(world):
    pass
