# Slide "gc.garbage()", as written: it is a list, not a call.
import gc

gc.garbage()
