/** Programs to choose from: the talk's, in its order, and examples. */
import talk from '../../../../examples/talk/talk.json';

export interface Choice {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly name: string;
  readonly source: string;
  /** A position at which its run is opened. */
  readonly at: string;
}

const read = (files: Record<string, unknown>): Map<string, string> =>
  new Map(
    Object.entries(files).map(([path, source]) => [
      path.slice(path.lastIndexOf('/') + 1),
      (source as string).replace(/\n$/, ''),
    ]),
  );

const talkFiles = read(
  import.meta.glob('../../../../examples/talk/*.py', { query: '?raw', import: 'default', eager: true }),
);
const exampleFiles = read(
  import.meta.glob('../../../../examples/*.py', { query: '?raw', import: 'default', eager: true }),
);

const EXAMPLES: readonly { readonly name: string; readonly title: string; readonly at: string }[] = [
  { name: 'cycle.py', title: 'A cycle that counting cannot free', at: '15' },
  { name: 'reuse.py', title: 'An address used again', at: 'start' },
];

export const choices: readonly Choice[] = [
  ...EXAMPLES.flatMap(({ name, title, at }) => {
    const source = exampleFiles.get(name);
    return source === undefined ? [] : [{ id: name, group: 'Examples', title, name, source, at }];
  }),
  ...talk.sections.flatMap((section) =>
    section.files.flatMap((name) => {
      const source = talkFiles.get(name);
      const also =
        section.files.length > 1
          ? name.includes('corrected')
            ? ' (as meant)'
            : name.includes('counted')
              ? ' (counted)'
              : ' (as said)'
          : '';
      return source === undefined
        ? []
        : [
            {
              id: name,
              group: 'The talk',
              title: `${section.number}  ${section.title}${also}`,
              name,
              source,
              at: 'start',
            },
          ];
    }),
  ),
];

export const EMPTY: Choice = {
  id: 'new',
  group: '',
  title: 'New program',
  name: 'program.py',
  source: '',
  at: 'start',
};
