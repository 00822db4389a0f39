import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a CommonJS file with the code that V8 made of it before, where that lies beside it (`x.cjs.cache`). Another
 * version of Node refuses that code and compiles the file as ever.
 */
export function runCached(file) {
  const script = new Script(`(function (exports, require, module) {\n${readFileSync(file, 'utf8')}\n})`, {
    filename: basename(file),
    lineOffset: -1,
    cachedData: cacheOf(file),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
  return { exports: module.exports, script };
}

function cacheOf(file) {
  try {
    return readFileSync(`${file}.cache`);
  } catch {
    return undefined;
  }
}
