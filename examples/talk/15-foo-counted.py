# The same function, with the counts: the parameter is a second name for the caller's object until it is bound anew.
import sys


def foo(tempName):
    print('in foo:', sys.getrefcount(tempName) - before)
    tempName = tempName + " Shah"
    print('after tempName = ...:', sys.getrefcount(myName) - before, 'of the old,', sys.getrefcount(tempName), 'of the new')
    print("My name is ", tempName)


if __name__ == "__main__":
    myName = "".join(["Ni", "sarg"])
    before = sys.getrefcount(myName)
    foo(myName)
    print('after foo:', sys.getrefcount(myName) - before)
