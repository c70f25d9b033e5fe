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
  'holder.stack': 'the value stack of {function}',
  'holder.argument': "this call's argument to {callee}",
  'holder.native': 'the native function {native}',
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
  'count.unchanged': '{Cause}: {thing} stays at {before}, with the same holders.',
  freed: '{Cause}: {thing} fell from {before} to 0 and was freed. Its last holder was {holder}.',
  'freed.unknown': '{Cause}: {thing} fell from {before} to 0 and was freed.',
  collected:
    'Collection {collection} of generation {generation} freed {thing}: its count went from {before} to 0 with a cycle of {cycle} object[|s].',
  ended: 'The program ended: {thing} fell from {before} to 0 and was freed.',
  'block.pymalloc': 'The block of {thing} was given back to pymalloc.',
  'block.malloc': 'The block of {thing} was given back to malloc.',
  'block.free list': 'The block of {thing} is kept in the free list of its type.',
  again: 'Same address as {former}, freed at {cause}. This is a new object, {thing}.',
  immortal: '{Thing} is immortal since Python 3.12: its count is not kept.',
  getrefcount: "{Thing}: getrefcount said {said}: {n} holder[|s] and this call's argument.",

  // the collector
  'tracked.on': 'The collector tracks {thing} from here on.',
  'tracked.off': 'The collector tracks {thing} no more: it can be in no cycle.',
  generation: '{Thing} moved from generation {from} to {to}: collection {collection} found it alive.',
  weakref: '{Reference} no longer leads to {thing}, which is being freed.',
  'finalizer.count': '{name} of {thing} ran: its count had fallen to 0.',
  'finalizer.collection': '{name} of {thing} ran: the collector found it unreachable.',
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
    'Collection {collection} cleared the weak references to {before} unreachable object[|s]: {after} callback[|s] ran.',
  'phase.finalize': 'Collection {collection} ran the finalizers of {after} of {before} unreachable object[|s].',
  'phase.resurrected':
    'Collection {collection} looked again after finalizers: {after} of {before} object[|s] still unreachable.',
  'phase.clear': 'Collection {collection} cleared {before} unreachable object[|s]: {after} freed.',
  'phase.end': 'Collection {collection} of generation {generation} ended: {after} of {before} object[|s] freed.',

  // the allocator
  pool: 'Pool {address} of {size}-byte blocks went from {before} to {after}: {used} of {room} block[|s] used.',
  arena: 'Arena {index} went from {before} to {after} used pool[|s], of {pools}.',
  print: '{Cause}: printed {text}, output went from {before} to {after} byte[|s].',
} as const;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;
