# Slides "Reference count" and "Count++": one object, three names, one id.
a = 19
print(id(a))  # slide: 9785472
b = a
print(id(b))  # slide: 9785472
c = 19
print(id(c))  # slide: 9785472
