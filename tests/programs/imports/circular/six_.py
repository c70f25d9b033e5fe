import five
print(five.q)
