import type { Customer } from "../../tests/e2e/customer.ts";

/** A text the customer wrote, and what they were told of it. */
export type Text = {
  readonly text: string;
  readonly tab: Customer;
  wasToldSent: boolean;
  /** That it is on its way or waits, and so outlives the tab; taken back where the device could not keep it. */
  wasToldKept: boolean;
  isShownRefused: boolean;
};

/** What is wrong with what stands in the conversations, by what the customer was told. */
export function judgeTexts(texts: readonly Text[], said: readonly (readonly string[])[]): string[] {
  const all = said.flat();
  const counted = texts.flatMap((one) => {
    const times = all.filter((body) => body === one.text).length;
    if (times > 1) return [`${one.text} is there ${times} times`];
    if (one.wasToldSent && times === 0) return [`${one.text} was told sent and is not there`];
    if (one.wasToldKept && times === 0 && !one.isShownRefused) return [`${one.text} was told kept and is lost`];
    return [];
  });
  const orders = said.flatMap((bodies) =>
    [...new Set(texts.map(({ tab }) => tab))].flatMap((tab) => {
      const own = texts.filter((one) => one.tab === tab).map(({ text }) => text);
      const order = bodies.map((body) => own.indexOf(body)).filter((index) => index >= 0);
      const late = order.findIndex((index, place) => place > 0 && index < order[place - 1]!);
      return late > 0 ? [`${own[order[late]!]} came after what its tab wrote later`] : [];
    }),
  );
  return [...counted, ...orders];
}
