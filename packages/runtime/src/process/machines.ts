/** The natives that keep what they know in native frames (decision 17). */
import { buildClass, evalRun, execRun, importBuiltin } from '../modules/builtineval.ts';
import { compare, operator, special } from '../objects/nativeslots.ts';
import { exitCall } from '../vm/rareops.ts';
import type { MachineSpec } from '../objects/nativeframe.ts';
import { typeCall, slotCall } from '../objects/typecall.ts';
import { all, any, next } from '../modules/builtiniter.ts';
import { max, min } from '../modules/builtinminmax.ts';
import { sum } from '../modules/builtinsum.ts';
import { reduce } from '../modules/functoolsreduce.ts';
import { sorted } from '../modules/builtinfuncs.ts';
import { listSortMethod } from '../objects/listmethods.ts';
import { bytesJoin, dictOf, listExtend, listOf, setOf, setUpdate, strJoin, tupleOf } from '../objects/nativecollect.ts';
import { enumNext, zipNext, filterNext, generatorRun, mapNext, pythonNext } from '../objects/nativeiter.ts';
import { importCall } from '../vm/importcall.ts';
import { importFromList, importModule, importStatement } from '../vm/importmachine.ts';
import { apply } from '../vm/nativeloop.ts';

export const machines: readonly MachineSpec[] = [
  apply,
  typeCall,
  slotCall,
  importCall,
  importStatement,
  importFromList,
  importModule,
  importBuiltin,
  evalRun,
  execRun,
  buildClass,
  all,
  any,
  next,
  max,
  min,
  sum,
  reduce,
  sorted,
  listSortMethod,
  listExtend,
  listOf,
  tupleOf,
  setOf,
  setUpdate,
  dictOf,
  strJoin,
  bytesJoin,
  filterNext,
  generatorRun,
  mapNext,
  pythonNext,
  enumNext,
  zipNext,
  special,
  compare,
  operator,
  exitCall,
];
