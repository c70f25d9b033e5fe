// Digits of an int in the bases of format codes and of bin(), oct(), hex().

/** The digits of a non-negative value for the code b, o, x, X, d or n; lower case, no prefix. */
export function digitsOfBase(value: bigint, code: string): string {
  switch (code) {
    case 'b':
      return value.toString(2);
    case 'o':
      return value.toString(8);
    case 'x':
    case 'X':
      return value.toString(16);
    default:
      return value.toString();
  }
}

/** bin(), oct() and hex(): sign, prefix, digits. */
export function intWithPrefix(value: bigint, code: 'b' | 'o' | 'x'): string {
  return value < 0n ? `-0${code}${digitsOfBase(-value, code)}` : `0${code}${digitsOfBase(value, code)}`;
}
