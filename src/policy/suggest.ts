/** "Did you mean …?": the word of a list that a mistyped one is nearest to. */

/**
 * The nearest of `words`, or undefined where none is near: at most a third of the longer word's
 * letters differ. A word that the mistyped one begins wins over one that only looks like it.
 * @example
 * nearest("jsnol", ["table", "jsonl", "csv"]) // "jsonl"
 */
export function nearest(mistyped: string, words: Iterable<string>): string | undefined {
  const wanted = mistyped.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const word of words) {
    const candidate = word.toLowerCase();
    const isBeginning = wanted.length > 1 && candidate.startsWith(wanted);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    const distance = isBeginning ? 0.5 : editDistance(wanted, candidate, limit);
    if (distance <= limit && distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Did-you-mean as the end of a message, or "". */
export function suggestion(mistyped: string, words: Iterable<string>): string {
  const word = nearest(mistyped, words);
  return word === undefined ? "" : `; did you mean "${word}"?`;
}

/**
 * Edits (insert, delete, replace, swap of neighbours) between two words: the optimal string
 * alignment distance. Words whose lengths alone differ by more than `limit` cost no more than that.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let edits = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (isSame ? 0 : 1),
      );
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && isSwap) {
        edits = Math.min(edits, beforePrevious[column - 2]! + 1);
      }
      current.push(edits);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
