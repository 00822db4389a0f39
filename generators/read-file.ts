import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** A path that is no file: a folder, or a pipe or device, reading which might never end. */
export class NotAFile extends Error {
  readonly code = 'NOT_A_FILE';
}

/**
 * The content of a regular file.
 *
 * @param largest in bytes
 * @throws NotAFile for anything else and for a larger file; the error of `fs` where it cannot be read
 */
export function readRegularFile(path: string, largest: number): Buffer {
  // Without O_NONBLOCK, opening a pipe waits for a writer.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile())
      throw new NotAFile(`expected a file, got ${found.isDirectory() ? 'a folder' : 'a pipe or device'}`);
    if (found.size > largest) throw new NotAFile(`expected at most \`${largest}\` bytes, got \`${found.size}\``);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
