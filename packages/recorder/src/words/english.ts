/**
 * English, as templates: {name} is filled in, [x|y] is x where the number before it is 1 and y otherwise. A translation is
 * another file like this one. Each sentence names the thing, the number before and after, and the cause; at most 25 words.
 */
export const english = {
  // things
  'thing.serial': '{type} #{serial}',
  'thing.both': '{type} {name} #{serial}',
  'thing.named': '{type} {name}',
  'thing.type': 'a {type}',
  'thing.type.an': 'an {type}',

  // holders
  'holder.name': 'the name {name}',
  'holder.local': 'the local {name} of {function}',
  'holder.item': 'item {index} of {owner}',
  'holder.value': 'the value of {key} in {owner}',
  'holder.key': 'a key of {owner}',
  'holder.member': 'a member of {owner}',
  'holder.attribute': 'the attribute {name} of {owner}',
  'holder.cell': 'the closure cell of {name}',
  'holder.cell.unnamed': 'a closure cell',
  'holder.field': '{field} of {owner}',
  'holder.frame': 'the frame of {function}',
  'holder.stack': 'the value stack of {function}',
  'holder.argument': "this call's argument to {callee}",
  'holder.native': 'the native function {native}',
  'holder.native.unnamed': 'a native function',
  'holder.finalizer': 'its own finalizer',
  'holder.interpreter': 'the interpreter ({what})',
  'holder.unknown': 'no holder that can be named',
  'holder.more': '{first} and {n} more',

  // causes
  'cause.statement': 'line {line}, {statement}',
  'cause.line': 'line {line}',
  'cause.nowhere': 'outside any line',

  // counts
  born: '{Cause}: {thing} was made. Its count went from 0 to {after}, held by {holder}.',
  'count.rose': '{Cause}: {thing} rose from {before} to {after}, now held by {gained}.',
  'count.fell': '{Cause}: {thing} fell from {before} to {after}, let go by {lost}.',
  'count.swapped':
    '{Cause}: {thing} went from {before} to {after}. It was let go by {lost}. It is now held by {gained}.',
  'count.native': '{Cause}: {thing} went from {before} to {after} inside {native}.',
  'count.temporary': '{Cause}: {thing} stays at {before}, held for a moment by {native}.',
  'count.moved': '{Cause}: {thing} stays at {before}. It was let go by {lost}. It is now held by {gained}.',
  'count.unchanged': '{Cause}: {thing} stays at {before}, with the same holders.',
  freed: '{Cause}: {thing} fell from {before} to 0 and was freed. Its last holder was {holder}.',
  'freed.unknown': '{Cause}: {thing} fell from {before} to 0 and was freed.',
  collected:
    'Collection {collection} of generation {generation} freed {thing}: its count went from {before} to 0 with a cycle of {cycle} object[|s].',
  'collected.among':
    'Collection {collection} of generation {generation} freed {thing}: its count went from {before} to 0, one of {among} unreachable object[|s].',
  ended: 'The program ended: {thing} fell from {before} to 0 and was freed.',
  'temporary.line': '{Cause}: {thing} was made and freed within the line: its count rose from 0 and fell to 0.',
  'temporary.native': '{Cause}: {thing} was made and freed within {native}: its count rose from 0 and fell to 0.',

  // blocks
  'taken.pymalloc': '{Cause}: {thing} went from 0 to {size} byte[|s], a block of pymalloc.',
  'taken.malloc': '{Cause}: {thing} went from 0 to {size} byte[|s], a block of malloc.',
  'taken.free list':
    '{Cause}: {thing} went from 0 to {size} byte[|s], a block that the free list of its type had kept.',
  'block.pymalloc': '{Cause}: {thing} went from {size} to 0 bytes, its block given back to pymalloc.',
  'block.malloc': '{Cause}: {thing} went from {size} to 0 bytes, its block given back to malloc.',
  'block.free list': '{Cause}: {thing} went from {size} to 0 bytes, its block kept in the free list of its type.',
  'resized.here': '{Cause}: block {address} went from {before} to {after} byte[|s] at the same address.',
  'resized.moved': '{Cause}: block {address} went from {before} to {after} byte[|s] and moved to {to}.',

  again: 'Same address as {former}, freed at {cause}. This is a new object, {thing}.',
  kept: '{Cause}: {thing} became immortal, its count of {before} is not kept from here on.',
  immortal: '{Thing} is immortal since Python 3.12: its count is not kept.',
  getrefcount: "{Cause}: getrefcount said {said} of {thing}: {holders} and this call's argument.",
  'getrefcount.alone': "{Cause}: getrefcount said {said} of {thing}: only this call's argument holds it.",
  'getrefcount.borrowed': '{Cause}: getrefcount said {said} of {thing}: {holders}. This call only borrows it.',
  'holders.name': '{n} name[|s]',
  'holders.local': '{n} local[|s]',
  'holders.item': '{n} item[|s]',
  'holders.value': '{n} value[|s]',
  'holders.key': '{n} key[|s]',
  'holders.member': '{n} member[|s]',
  'holders.attribute': '{n} attribute[|s]',
  'holders.cell': '{n} closure cell[|s]',
  'holders.field': '{n} field[|s]',
  'holders.frame': '{n} frame[|s]',
  'holders.stack': '{n} place[|s] on the stack',
  'holders.other': '{n} other holder[|s]',
  'holders.and': '{some} and {last}',

  // places in the program
  line: '{Cause}: the line begins in {function}.',
  call: '{Cause}: {function} was called, frames went from {before} to {after}.',
  return: '{Cause}: {function} returns, frames go from {before} to {after}.',
  raise: '{Cause}: an exception was raised in {function}.',

  // the collector
  'tracked.on': '{Cause}: {thing} joined generation {generation}, the collector tracks it from here on.',
  'tracked.off': '{Cause}: {thing} left generation {generation}, the collector tracks it no more.',
  generation: '{Thing} moved from generation {from} to {to}: collection {collection} found it alive.',
  'generation.frozen': '{Thing} moved from generation {from} to the permanent one: no collection looks at it there.',
  'generation.thawed': '{Thing} moved from the permanent generation to {to}: collections look at it again.',
  'generation.apart': '{Thing} left generation {from}: collection {collection} set it apart, nothing outside holds it.',
  'generation.back': '{Thing} came back to generation {to}: collection {collection} did not free it.',
  'generation.between': '{Thing} stays set apart while collection {collection} decides what becomes of it.',
  weakref: '{Cause}: {reference} leads to nothing from here on, not to {thing} with the count {count}.',
  'finalizer.count': '{Cause}: {name} of {thing} ran, its count had fallen to 0.',
  'finalizer.collection': '{Cause}: {name} of {thing} ran, collection {collection} found it unreachable.',
  'phase.begin': 'Collection {collection} of generation {generation} began: {why}. It looks at {after} object[|s].',
  'phase.merge':
    'Collection {collection} merged the younger generations: from {before} to {after} object[|s] to look at.',
  'phase.update_refs': 'Collection {collection} copied the counts of {after} object[|s] as scratch counts.',
  'phase.subtract_refs':
    'Collection {collection} took references among its objects off the scratch counts: {after} of {before} fell to 0.',
  'phase.move_unreachable':
    'Collection {collection} set apart what nothing outside holds: {after} of {before} object[|s].',
  'phase.legacy': 'Collection {collection} left {after} of {before} object[|s] for the old kind of finalizer.',
  'phase.weakrefs':
    'Collection {collection} cleared the weak references to {before} unreachable object[|s]: {after} callback[|s] to run.',
  'phase.finalize': 'Collection {collection} ran the finalizers of {after} of {before} unreachable object[|s].',
  'phase.resurrected':
    'Collection {collection} looked again after finalizers: {after} of {before} object[|s] still unreachable.',
  'phase.clear': 'Collection {collection} cleared {before} unreachable object[|s]: {after} freed.',
  'phase.end': 'Collection {collection} of generation {generation} ended: {after} of {before} object[|s] freed.',

  // the allocator
  pool: '{Cause}: pool {address} of {size}-byte blocks went from {before} to {after}, {used} of {room} used.',
  'arena.new': '{Cause}: arena {index} of {pools} pool[|s] was taken, arenas went from {before} to {after}.',
  'arena.back': '{Cause}: arena {index} of {pools} pool[|s] was given back, arenas went from {before} to {after}.',
  print: '{Cause}: printed {text}, output went from {before} to {after} character[|s].',
} as const;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;

/** What the sentences' terms mean, each in one sentence. */
export const glossary: Readonly<Record<string, string>> = {
  count: 'The reference count of an object: how many references to it there are. At 0 it is freed.',
  holder: 'Whatever has a reference to an object: a name, a local, an item, a value, an attribute, a native function.',
  freed: 'The object is gone. Its block may wait in the free list of its type.',
  immortal: 'An object that lives as long as the process; its count is not kept.',
  block: 'A piece of memory of one size, as an allocator gives it.',
  pymalloc: 'The allocator of blocks up to 512 bytes.',
  malloc: "The operating system library's allocator: of blocks above 512 bytes, and what must not depend on Python.",
  'free list': 'Blocks that a type keeps when its objects are freed, for its next objects.',
  pool: '16 KiB of an arena, cut into blocks of one size. It is empty, used or full.',
  arena: '1 MiB that pymalloc takes from the operating system. It goes back only when all its pools are empty.',
  frame: 'What a running function has: its locals, its value stack, where it stands.',
  'value stack': 'Where an instruction finds what it works on and leaves its result. Each place on it is a reference.',
  'closure cell': 'A box that holds a local which an inner function uses, too.',
  'native function': 'A function written in C, not in Python.',
  collector: 'What finds and frees objects that hold each other in a cycle.',
  collection:
    'One run of the collector. It begins because a count was over its threshold, or because gc.collect() asked for it.',
  generation: 'Objects by how many collections they have survived: 0, 1 or 2. The permanent one is never looked at.',
  cycle: 'Objects that hold each other in a circle, so that no count falls to 0.',
  track: 'The collector looks only at objects it tracks: those that can hold others.',
  reachable: 'Something outside leads to it: a name, a frame, the interpreter.',
  unreachable: 'Nothing outside leads to it; only objects like it hold it.',
  'scratch count': "The collector's copy of a count, from which it takes off what the objects it looks at hold.",
  finalizer: 'Code that runs before an object is freed, such as __del__.',
  'weak reference': 'It leads to an object and does not count; when the object is freed it leads to nothing.',
  callback: 'A function that a weak reference calls when its object is freed.',
  getrefcount: 'sys.getrefcount(x) gives the count of x; while it is called its own argument holds x, too.',
};
