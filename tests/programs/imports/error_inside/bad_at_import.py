import lib
values = [lib.ok(1),
          lib.fail(0)]
