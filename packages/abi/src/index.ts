// NUMBERS: what CPython 3.13 lays out and names, as plain constants. Imports nothing.
export * from './generated/structs.ts';
export * from './generated/identifiers.ts';
