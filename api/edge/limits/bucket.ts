/** How much a bucket holds, and how much flows back into it each second. */
export type Rate = { burst: number; perSecond: number };

/** What a bucket lacks of being full, as of an instant in ms. It may lack more than it holds. */
export type Bucket = { lacks: number; at: number };

/** A full bucket. */
export function fullBucket(at: number): Bucket {
  return { lacks: 0, at };
}

/** Lets flow back what time has brought. A clock that goes back brings nothing. */
export function refill(bucket: Bucket, { perSecond }: Rate, at: number): void {
  const seconds = Math.max(0, at - bucket.at) / 1_000;
  bucket.lacks = Math.max(0, bucket.lacks - seconds * perSecond);
  bucket.at = at;
}

/** What is left in it. */
export function left({ lacks }: Bucket, { burst }: Rate): number {
  return Math.max(0, burst - lacks);
}

/** After how many seconds it will hold so much; 0 when it does. More than it ever holds is asked for in vain. */
export function secondsUntil(amount: number, { lacks }: Bucket, { burst, perSecond }: Rate): number {
  return Math.max(0, lacks + amount - burst) / perSecond;
}
