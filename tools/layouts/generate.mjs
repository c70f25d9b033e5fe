// node tools/layouts/generate.mjs [PREFIX]: writes packages/abi/src/generated/ from an installed CPython 3.13.0 that has its
// headers and debug information. PREFIX (or PYTHON313_PREFIX) is where it is installed; else PATH and pyenv are searched.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findInstallation, readLayouts, renderIdentifiers, renderMembers, renderStructs } from './layouts.mjs';
import { readOpcodes, renderOpcodes } from './opcodes.mjs';

const installation = findInstallation(process.argv[2]);
if (!installation) {
  console.error('No CPython 3.13.0 with headers and debug information, or no gdb. Give its prefix as the argument.');
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'packages', 'abi', 'src', 'generated');
mkdirSync(target, { recursive: true });
const layouts = readLayouts(installation);
writeFileSync(join(target, 'structs.ts'), renderStructs(layouts));
writeFileSync(join(target, 'members.ts'), renderMembers(layouts));
writeFileSync(join(target, 'identifiers.ts'), renderIdentifiers(layouts));
writeFileSync(join(target, 'opcodes.ts'), renderOpcodes(readOpcodes(installation)));
console.log(`wrote ${Object.keys(layouts.structs).length} structs, ${layouts.identifiers.length} identifiers`);
