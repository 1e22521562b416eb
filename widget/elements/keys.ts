/** Whether an input method has the key: an Enter ends a word then, Escape gives it up. Safari says so by the code alone. */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
