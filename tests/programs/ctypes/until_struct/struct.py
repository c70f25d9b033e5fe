# Stands in for struct until the engine has it: what importing ctypes needs.
def calcsize(f): return {'b':1,'B':1,'c':1,'?':1,'h':2,'H':2,'i':4,'I':4,'f':4,'l':8,'L':8,'q':8,'Q':8,'d':8,'P':8,'g':16,'n':8,'N':8}[f[-1]]
