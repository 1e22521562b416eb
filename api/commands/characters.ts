/** Codes of characters that the grammar gives a meaning. */
export const SLASH = 47;
export const BACKTICK = 96;
export const BACKSLASH = 92;
export const COMMA = 44;

/** Whether words end here, as `\s` has it; a line's end does not come up, since a line is read up to it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0xa0;
  if (code < 0x2000) return code === 0x1680;
  if (code <= 0x202f) return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f;
  return code === 0x205f || code === 0x3000 || code === 0xfeff;
}

/** Finds where the line ends that holds a place; the text's end, if no line does. */
export function lineEnds(text: string): (from: number) => number {
  // The engine's own search is several times quicker, but where both signs end lines each would be looked for too far.
  if (text.includes("\r")) return (from) => lineEnd(text, from);
  return (from) => {
    const end = text.indexOf("\n", from);
    return end === -1 ? text.length : end;
  };
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** Where the spaces end that begin here. */
export function spaceEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the word ends that begins here. */
export function wordEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isSpace(text.charCodeAt(at))) at += 1;
  return at;
}
