# Nested classes and multi-line messages in the last line of a traceback.
# portable
class Outer:
    class Inner(Exception): pass
raise Outer.Inner("line one\nline two")
