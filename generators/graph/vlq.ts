const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;

/** Whole numbers from 0 to 2^53 as text: five bits a character, the sixth says that more follow. */
export function encodeVlq(numbers: Iterable<number>): string {
  let bytes = new Uint8Array(1024);
  let length = 0;
  const put = (value: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = alphabet.charCodeAt(value);
  };
  for (const number of numbers) {
    let rest = number;
    for (; rest >= 32; rest = Math.floor(rest / 32)) put(32 + (rest % 32));
    put(rest);
  }
  return Buffer.from(bytes.buffer, 0, length).toString('latin1');
}

/** @throws RangeError for a character that does not belong, or a text that breaks off */
export function decodeVlq(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let scale = 1;
  for (let index = 0; index < text.length; index++) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) throw new RangeError(`not a VLQ character at ${index}`);
    number += (value & 31) * scale;
    if (value >= 32) {
      scale *= 32;
    } else {
      numbers.push(number);
      number = 0;
      scale = 1;
    }
  }
  if (scale !== 1) throw new RangeError('a VLQ number breaks off');
  return numbers;
}

/** Rows of ascending numbers: the length of each, then the distance of each number from the one before. */
export function encodeRows(rows: Iterable<ArrayLike<number>>): string {
  const numbers: number[] = [];
  for (const row of rows) {
    numbers.push(row.length);
    for (let index = 0; index < row.length; index++) {
      numbers.push((row[index] as number) - (index === 0 ? 0 : (row[index - 1] as number)));
    }
  }
  return encodeVlq(numbers);
}

/** @throws RangeError as decodeVlq, or where a row breaks off */
export function decodeRows(text: string): number[][] {
  const numbers = decodeVlq(text);
  const rows: number[][] = [];
  for (let at = 0; at < numbers.length; ) {
    const length = numbers[at++] as number;
    if (at + length > numbers.length) throw new RangeError('a VLQ row breaks off');
    const row: number[] = [];
    let last = 0;
    for (const end = at + length; at < end; at++) {
      last += numbers[at] as number;
      row.push(last);
    }
    rows.push(row);
  }
  return rows;
}
