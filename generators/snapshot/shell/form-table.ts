import type { Shell } from '../../lang/shell/builtins.ts';
import type { Entry } from './entry.ts';
import { hashed } from './hash.ts';
import type { LineForms } from './line-form.ts';

/** Most lines of a history are of few forms; some megabytes of them are kept. */
const maxForms = 20_000;
const slots = 2 ** Math.ceil(Math.log2(2 * maxForms));

/** Keeps what was made for a line for the lines of the same form. */
export class FormTable<Value> {
  #forms: LineForms;
  #bytes = Buffer.allocUnsafe(2048);
  /** Two halves of a hash a slot; where the first is 0, the slot is free. */
  #keys = new Int32Array(2 * slots);
  #values: (Value | null)[] = new Array<Value | null>(slots).fill(null);
  #size = 0;
  /** Halves of hashes of forms that came once, each in the place of its other half. */
  #met = new Int32Array(slots);

  constructor(forms: LineForms) {
    this.#forms = forms;
  }

  /** What was made for a line of this form, else what `make` gives. */
  get(line: Entry, shell: Shell, make: () => Value): Value {
    if (!this.#hash(line, shell)) return make();
    const { low, high } = hashed;
    let slot = low & (slots - 1);
    for (let held = this.#keys[2 * slot]; held !== 0; held = this.#keys[2 * slot]) {
      if (held === low && this.#keys[2 * slot + 1] === high) return this.#values[slot] as Value;
      slot = (slot + 1) & (slots - 1);
    }
    const value = make();
    // Many forms are those of one line. What is kept lives long, and the garbage collector pays for that.
    if (this.#met[low & (slots - 1)] !== high) {
      this.#met[low & (slots - 1)] = high;
      return value;
    }
    if (this.#size === maxForms) {
      // What is used often comes back at once.
      this.#keys.fill(0);
      this.#values.fill(null);
      this.#size = 0;
      slot = low & (slots - 1);
    }
    this.#keys[2 * slot] = low;
    this.#keys[2 * slot + 1] = high;
    this.#values[slot] = value;
    this.#size += 1;
    return value;
  }

  #hash(line: Entry, shell: Shell): boolean {
    const { utf8 } = line;
    if (utf8 !== undefined) return this.#forms.hashForm(utf8.bytes, utf8.start, utf8.end, shell);
    const { text } = line;
    // Three bytes a unit are the most that UTF-8 takes.
    if (3 * text.length > this.#bytes.length) return false;
    return this.#forms.hashForm(this.#bytes, 0, this.#bytes.write(text), shell);
  }
}
