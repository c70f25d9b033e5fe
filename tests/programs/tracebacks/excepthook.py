# sys.excepthook replaced; sys.last_exc is not needed.
import sys
def hook(t, v, tb): print("hook", t.__name__, v, tb.tb_lineno)
sys.excepthook = hook
print("raising")
raise ValueError("to the hook")
