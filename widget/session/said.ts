/** What a page says of the customer. */
export interface Profile {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Who the customer is, as the page has said so far; it outlives the sessions of the page. */
export interface Said {
  token?: string | undefined;
  profile: Profile;
}

/** Adds to what was said. */
export function say(said: Said, { attributes, ...more }: Profile): void {
  const all = attributes && { ...said.profile.attributes, ...attributes };
  said.profile = { ...said.profile, ...more, ...(all && { attributes: all }) };
}
