def foo(tempName):
    tempName = tempName + " Shah"
    print("My name is ", tempName)

if __name__ == "__main__":
    myName = "Nisarg"
    foo(myName)
