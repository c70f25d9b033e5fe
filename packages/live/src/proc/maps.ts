// A process's mappings, as /proc/PID/maps lists them.

export interface Mapping {
  readonly start: number;
  readonly end: number;
  /** "rw-p": read, write, execute, private or shared. */
  readonly permissions: string;
  /** Where in the file the mapping begins. */
  readonly offset: number;
  /** A file, "[heap]", "[stack]", …, or '' for anonymous memory. */
  readonly path: string;
}

const LINE = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) \S+ \d+ *(.*)$/;

export function parseMaps(text: string): Mapping[] {
  const out: Mapping[] = [];
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (match === null) continue;
    const [, start, end, permissions, offset, path] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    out.push({
      start: Number.parseInt(start, 16),
      end: Number.parseInt(end, 16),
      permissions,
      offset: Number.parseInt(offset, 16),
      path,
    });
  }
  return out;
}
