# The program does not compile: message, line and caret on stderr, exit code 1.
# portable
print("never printed")
print "hello"
