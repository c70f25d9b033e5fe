# Carets under wide and accented characters.
# portable
d = {"é": 1}
print("naïve", d["é"] + d["日本"] + 1)
