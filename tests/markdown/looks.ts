type Method = (this: unknown, ...given: unknown[]) => unknown;

/**
 * Counts at how many characters and parts something looks: what searches, cuts and copies of strings and arrays go through.
 * Unlike a time it is the same on every machine. Loops count by what they call.
 */
export function looksOf(work: () => unknown): number {
  let looks = 0;
  const restore = [String.prototype, Array.prototype, RegExp.prototype].flatMap((owner) =>
    Object.entries(costs.get(owner)!).map(([name, cost]) => {
      const methods = owner as unknown as Record<string, Method>;
      const original = methods[name]!;
      methods[name] = function (...given) {
        const from = this instanceof RegExp ? this.lastIndex : 0;
        const answer = Reflect.apply(original, this, given);
        looks += 1 + cost({ of: this, given, answer, from } as never);
        return answer;
      };
      return () => {
        methods[name] = original;
      };
    }),
  );
  try {
    work();
  } finally {
    for (const one of restore) one();
  }
  return looks;
}

type Call<Of, Answer> = { of: Of; given: readonly unknown[]; answer: Answer; from: number };

const all = ({ of }: Call<{ length: number }, unknown>) => of.length;
const answered = ({ answer }: Call<unknown, { length: number }>) => answer.length;
const one = () => 0;

function searched({ of, given, answer }: Call<string, number>): number {
  return (answer === -1 ? of.length : answer) - ((given[1] as number | undefined) ?? 0);
}

/** A sticky expression looks at what it matches, another goes through the text to the end of its match. */
function matched({ of, given, answer, from }: Call<RegExp, RegExpExecArray | null>): number {
  if (of.sticky) return answer?.[0].length ?? 0;
  const end = answer ? answer.index + answer[0].length : (given[0] as string).length;
  return end - (of.global ? from : 0);
}

const costs = new Map<object, Record<string, (call: never) => number>>([
  [
    String.prototype,
    {
      ...{ indexOf: searched, slice: answered, split: all, trim: all, replace: answered, repeat: answered },
      ...{ startsWith: one, codePointAt: one, charCodeAt: one },
    },
  ],
  [Array.prototype, { slice: answered, map: all, join: answered, flatMap: all, push: one, pop: one, at: one }],
  [RegExp.prototype, { exec: matched }],
]);
