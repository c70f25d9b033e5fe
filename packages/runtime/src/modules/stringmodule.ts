/** The module `_string`: what string.Formatter takes formats apart with. */
import { METH_O } from '@moult/abi';
import { formatter_field_name_split, formatter_parser } from '../objects/unicodeformat.ts';
import type { ModuleSpec } from './spec.ts';

export const stringSpec: ModuleSpec = {
  name: '_string',
  doc: 'string helper module',
  methods: [
    {
      name: 'formatter_field_name_split',
      flags: METH_O,
      fn: formatter_field_name_split,
      doc: 'formatter_field_name_split($self, object, /)\n--\n\nsplit the argument as a field name',
    },
    {
      name: 'formatter_parser',
      flags: METH_O,
      fn: formatter_parser,
      doc: 'formatter_parser($self, object, /)\n--\n\nparse the argument as a format string',
    },
  ],
};
