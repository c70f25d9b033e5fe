import helper
result = ('uses_main sees', helper.value, __name__)
