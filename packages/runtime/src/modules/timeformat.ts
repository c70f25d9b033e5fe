/** Dates of seconds since 1970 (proleptic Gregorian), and strftime in the C locale. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Monday 0. */
  readonly weekday: number;
  /** 1 … 366. */
  readonly yearday: number;
  readonly dst: number;
  readonly zone: string;
  readonly offset: number;
}
const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';
const months = 'January February March April May June July August September October November December';
const nameOf = (names: string, i: number): string => names.split(' ')[i] ?? '?';

export function parts(seconds: number, offset: number, dst: number, zone: string): Moment {
  const t = seconds + offset;
  let z = Math.floor(t / 86400);
  const rest = t - z * 86400;
  const weekday = (((z + 3) % 7) + 7) % 7;
  z += 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] as number;
  const yearday = before + day + (leap && month > 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday,
    yearday,
    dst,
    zone,
    offset,
  };
}
const two = (n: number, fill = '0'): string => String(n).padStart(2, fill);
/** ISO 8601 year and week. */
function isoWeek(p: Moment): { year: number; week: number } {
  const leap = (y: number): boolean => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const week = Math.floor((p.yearday - 1 - p.weekday + 10) / 7);
  const weeksOf = (y: number): number => {
    const jan1 = (y + Math.floor((y - 1) / 4) - Math.floor((y - 1) / 100) + Math.floor((y - 1) / 400) + 6) % 7;
    return jan1 === 3 || (jan1 === 2 && leap(y)) ? 53 : 52;
  };
  if (week < 1) return { year: p.year - 1, week: weeksOf(p.year - 1) };
  if (week > weeksOf(p.year)) return { year: p.year + 1, week: 1 };
  return { year: p.year, week };
}
export function formatTime(format: string, p: Moment): string {
  return format.replace(/%([-_0^#]?)([a-zA-Z%])/g, (whole, flag: string, c: string) => {
    const text = directive(c, p);
    if (text === null) return whole;
    if (flag === '-') return text.replace(/^[0 ]+(?=\d)/, '');
    if (flag === '^') return text.toUpperCase();
    return text;
  });
}
function directive(c: string, p: Moment): string | null {
  const hour12 = p.hour % 12 === 0 ? 12 : p.hour % 12;
  switch (c) {
    case 'a':
      return nameOf(days, p.weekday).slice(0, 3);
    case 'A':
      return nameOf(days, p.weekday);
    case 'b':
    case 'h':
      return nameOf(months, p.month - 1).slice(0, 3);
    case 'B':
      return nameOf(months, p.month - 1);
    case 'c':
      return formatTime('%a %b %e %H:%M:%S %Y', p);
    case 'C':
      return two(Math.floor(p.year / 100));
    case 'd':
      return two(p.day);
    case 'D':
    case 'x':
      return formatTime('%m/%d/%y', p);
    case 'e':
      return two(p.day, ' ');
    case 'F':
      return formatTime('%Y-%m-%d', p);
    case 'g':
      return two(isoWeek(p).year % 100);
    case 'G':
      return String(isoWeek(p).year);
    case 'H':
      return two(p.hour);
    case 'I':
      return two(hour12);
    case 'j':
      return String(p.yearday).padStart(3, '0');
    case 'k':
      return two(p.hour, ' ');
    case 'l':
      return two(hour12, ' ');
    case 'm':
      return two(p.month);
    case 'M':
      return two(p.minute);
    case 'n':
      return '\n';
    case 'p':
      return p.hour < 12 ? 'AM' : 'PM';
    case 'r':
      return formatTime('%I:%M:%S %p', p);
    case 'R':
      return formatTime('%H:%M', p);
    case 'S':
      return two(p.second);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return formatTime('%H:%M:%S', p);
    case 'u':
      return String(p.weekday + 1);
    case 'U':
      return two(Math.floor((p.yearday - 1 + 7 - ((p.weekday + 1) % 7)) / 7));
    case 'V':
      return two(isoWeek(p).week);
    case 'w':
      return String((p.weekday + 1) % 7);
    case 'W':
      return two(Math.floor((p.yearday - 1 + 7 - p.weekday) / 7));
    case 'y':
      return two(((p.year % 100) + 100) % 100);
    case 'Y':
      return String(p.year);
    case 'z': {
      const sign = p.offset < 0 ? '-' : '+';
      const abs = Math.abs(p.offset);
      return `${sign}${two(Math.floor(abs / 3600))}${two(Math.floor(abs / 60) % 60)}`;
    }
    case 'Z':
      return p.zone;
    case '%':
      return '%';
    default:
      return null;
  }
}
