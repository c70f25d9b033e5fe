/** The table of built-in modules, and the types that come with them, in the order in which they are laid down. */
import type { TypeSpec } from '../objects/spec.ts';
import { atexitSpec } from './atexitmodule.ts';
import { builtinsSpec } from './builtinmodule.ts';
import { bufferedIoBaseSpec, ioBaseSpec, rawIoBaseSpec, textIoBaseSpec } from './iobase.ts';
import { bufferedSpecs } from './iobuffered.ts';
import { ctypesModuleSpec, ctypesTypes } from './ctypesmodule.ts';
import { errnoSpec } from './errnomodule.ts';
import { gcSpec } from './gcmodule.ts';
import { abcDataSpec, abcSpec } from './abcmodule.ts';
import { itertoolsSpec, itertoolsTypes } from './itertoolsmodule.ts';
import { threadSpec, threadTypes } from './threadmodule.ts';
import { collectionsSpec, collectionsTypes } from './collectionsmodule.ts';
import { siteTypes } from './sitebuiltins.ts';
import { functoolsSpec, functoolsTypes } from './functoolsmodule.ts';
import { operatorSpec } from './operatormodule.ts';
import { typingSpec } from './typingmodule.ts';
import { mathSpec } from './mathmodule.ts';
import { codecsSpec } from './codecsmodule.ts';
import { localeSpec } from './localemodule.ts';
import { unicodedataSpec } from './unicodedatamodule.ts';
import { signalSpec } from './signalmodule.ts';
import { tokenizeSpec, tokenizerIterSpec } from './tokenizemodule.ts';
import { stringSpec } from './stringmodule.ts';
import { marshalSpec } from './marshalmodule.ts';
import { sreSpec, sreTypes } from './sremodule.ts';
import { structModuleSpec, structTypes } from './structmodule.ts';
import { tracemallocSpec } from './tracemallocmodule.ts';
import { moultSpec, unsafeSpec } from './unsafemodule.ts';
import { impSpec } from './impmodule.ts';
import { warningsSpec } from './warningsmodule.ts';
import { posixSequences, posixSpec, posixTypes } from './posixmodule.ts';
import { timeSpec, timeSequence } from './timemodule.ts';
import { weakrefSpec } from './weakrefmodule.ts';
import { fileIoSpec } from './iofile.ts';
import { bytesViewSpec } from './iobytesview.ts';
import { bytesIoSpec, stringIoSpec } from './iomemory.ts';
import { newlineDecoderSpec } from './ionewlines.ts';
import { ioRareTypes } from './iorare.ts';
import { ioSpec } from './ioopen.ts';
import { textWrapperSpec } from './iotext.ts';
import type { ModuleSpec } from './spec.ts';
import { astSpec } from './astmodule.ts';
import { opcodeSpec } from './opcodemodule.ts';
import { monitoringSpec } from './monitoringmodule.ts';
import { legacyEventHandlerSpec } from '../vm/tracefunc.ts';
import { sysSequences, sysSpec, type StructSequenceRow } from './sysmodule.ts';

export function moduleSpecs(): readonly ModuleSpec[] {
  return [
    sysSpec,
    builtinsSpec,
    ioSpec,
    atexitSpec,
    gcSpec,
    errnoSpec,
    weakrefSpec,
    mathSpec,
    timeSpec,
    abcSpec,
    itertoolsSpec,
    threadSpec,
    collectionsSpec,
    functoolsSpec,
    operatorSpec,
    typingSpec,
    monitoringSpec,
    posixSpec,
    impSpec,
    warningsSpec,
    opcodeSpec,
    tracemallocSpec,
    moultSpec,
    unsafeSpec,
    ctypesModuleSpec,
    structModuleSpec,
    sreSpec,
    stringSpec,
    codecsSpec,
    tokenizeSpec,
    signalSpec,
    unicodedataSpec,
    localeSpec,
    astSpec,
    marshalSpec,
  ];
}
export function moduleTypes(): readonly TypeSpec[] {
  return [
    // among the 200 that have a row: nothing else holds it
    legacyEventHandlerSpec,
    ioBaseSpec,
    rawIoBaseSpec,
    bufferedIoBaseSpec,
    textIoBaseSpec,
    fileIoSpec,
    ...bufferedSpecs,
    textWrapperSpec,
    stringIoSpec,
    bytesIoSpec,
    abcDataSpec,
    ...itertoolsTypes(),
    ...threadTypes,
    ...collectionsTypes(),
    ...siteTypes,
    ...functoolsTypes,
    ...ctypesTypes,
    ...structTypes,
    ...sreTypes,
    tokenizerIterSpec,
    bytesViewSpec,
    newlineDecoderSpec,
    ...ioRareTypes,
    ...posixTypes,
  ];
}
export function moduleSequences(): readonly StructSequenceRow[] {
  return [...sysSequences, timeSequence, ...posixSequences];
}
