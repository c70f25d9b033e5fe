// Which engine a bundle holds: a hash of the sources that decide what a program's bytes are. Two bundles of the same sources
// execute alike, so that one reads the states that the other recorded.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['abi', 'compiler', 'runtime'];

export function engineIdentity(root) {
  const hash = createHash('sha256');
  for (const name of PACKAGES) {
    const folder = join(root, 'packages', name, 'src');
    for (const file of readdirSync(folder, { recursive: true }).sort()) {
      if (file.endsWith('.ts'))
        hash
          .update(`${name}/${file}\0`)
          .update(readFileSync(join(folder, file)))
          .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}
