/** Codes of characters that the grammar gives a meaning. */
export const SLASH = 47;
export const BACKTICK = 96;
export const BACKSLASH = 92;
export const COMMA = 44;

const SPACES = /\s/;

/** Whether words end here; a line's end does not come up, since a line is read up to it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && SPACES.test(String.fromCharCode(code));
}

/** Where the line ends that holds this place; the text's end, if no line does. */
export function lineEnd(text: string, from: number): number {
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
