/**
 * Makes callers who ask the same at the same time share one answer. Nothing is kept once it has come, so nobody gets an
 * answer older than the question before theirs.
 */
export function shareInFlight<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key) => {
    let answer = asked.get(key);
    if (!answer) {
      answer = ask(key).finally(() => asked.delete(key));
      asked.set(key, answer);
    }
    return answer;
  };
}
