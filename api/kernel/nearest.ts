/** What is longer is no name that somebody mistyped. */
const LONGEST = 32;

/** The name that was most likely meant: one, two or three slips away, by its length; null if none is so near. */
export function nearest(word: string, names: Iterable<string>): string | null {
  const typed = fold(word);
  if (typed.length === 0 || typed.length > LONGEST) return null;
  let found: string | null = null;
  let least = slipsAllowed(typed.length) + 1;
  for (const name of names) {
    const folded = fold(name);
    if (Math.abs(folded.length - typed.length) >= least) continue;
    const slips = slipsBetween(typed, folded);
    if (slips < least) [found, least] = [name, slips];
  }
  return found;
}

/** A name without what people write either way: letters' case, and ё. */
export function fold(name: string): string {
  return lowered(name).replaceAll("ё", "е");
}

function slipsAllowed(length: number): number {
  return length <= 4 ? 1 : length <= 8 ? 2 : 3;
}

/** Damerau and Levenshtein's: letters left out, added, taken for others, and neighbours that changed places. */
function slipsBetween(one: string, other: string): number {
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let slips = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1);
      next.push(slips);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}

/** A word in NFC and lower case. Most are so already, and are only looked at. */
export function lowered(word: string): string {
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 128 || (code >= 65 && code <= 90)) return word.normalize("NFC").toLowerCase();
  }
  return word;
}
