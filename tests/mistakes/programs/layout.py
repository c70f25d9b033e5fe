# The size, the domain, the forbidden bytes, the fill.
from moult import unsafe
for domain in ('raw', 'mem', 'object'):
    for size in (0, 1, 16, 17, 100):
        block = unsafe.alloc(size, domain)
        print(domain, size, unsafe.peek(block - 16, size + 24))
        unsafe.free(block, domain)
