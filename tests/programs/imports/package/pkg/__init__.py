print('init of', __name__)
VERSION = 'one'
exported = 'exported name'
not_exported = 1
__all__ = ['exported', 'VERSION']
