/** Where something stands in a message's body, in UTF-16 code units. */
export type Place = { readonly offset: number; readonly length: number };

/** The place from here to there, the end not included. */
export function placeOf(offset: number, end: number): Place {
  return { offset, length: end - offset };
}
