const units = ['kB', 'MB', 'GB', 'TB', 'PB'];

/**
 * A size as a person reads it, in powers of a thousand: `999 bytes`, `1.5 kB`, `200 MB`.
 *
 * @param digits significant ones; what lies in front of the point is never cut
 */
export function bytes(size: number, digits = 2): string {
  if (size < 1000) return `${size} ${size === 1 ? 'byte' : 'bytes'}`;
  let value = size;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (Number(value.toPrecision(digits)) >= 1000 && unit < units.length - 1);
  return `${Number(value.toPrecision(digits))} ${units[unit]}`;
}
