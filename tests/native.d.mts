/** The command of the native CPython of a version ('3.13.0', or '3.13': the newest found), or null where none is installed. */
export function findPython(version: string): string | null;
