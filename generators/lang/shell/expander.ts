import type { Assignment, Word as BashWord } from 'unbash';
import type { Word } from './line.ts';

/**
 * Says what words become when the line runs, where a reader knows more than the text of one word:
 * the values of variables, the output of `$(echo rm)`. Without one, words are as `toWord` has them.
 */
export interface Expander {
  /** The words of a command after expansion; several lists where a value is one of several. */
  command: (words: readonly BashWord[]) => Word[][];
  /** One word that is not split: the target of a redirection. Its alternatives. */
  word: (word: BashWord) => Word[];
  /** The line gives a variable a value. */
  assign: (assignment: Assignment) => void;
  /** A loop gives a variable each of these words; undefined: what the line does not say. */
  bind: (name: string, words: readonly BashWord[] | undefined) => void;
}
