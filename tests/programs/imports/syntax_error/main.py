# A module with a syntax error, uncaught.
# portable
print('before')
import wrong
