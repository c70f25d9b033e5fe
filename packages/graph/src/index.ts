// ANALYSIS: graphs of objects in compressed sparse rows. No recursion, no structure with a limit of 2^24 entries.
export { GraphBuilder, graphOf } from './builder.ts';
export { type Components, components, cycles } from './components.ts';
export { type Graph, reverse, type Reversed } from './csr.ts';
export { type Dominators, dominators, NO_DOMINATOR, UNREACHABLE } from './dominators.ts';
export { type HeapHolder, HeapGraph } from './heap.ts';
export { attributeName, moduleName, ownerOfNames, wayText } from './names.ts';
export { type PathOptions, pathsTo, shortestCycle, waysTo } from './paths.ts';
export { dominatedBy, dominatorTree, retainedBySet, retainedSizes } from './retained.ts';
export { type Trial, trialOf } from './trial.ts';
export { breadthFirst, type Search, UNREACHED } from './search.ts';
