/** What a message says, in the subset of Markdown that people write in chats. Whoever shows it turns each part into its own elements; no part is ever markup. */
export type Block =
  | { readonly is: "paragraph" | "quote"; readonly of: readonly Inline[] }
  /** `from`: the first number; null = bullets. */
  | { readonly is: "list"; readonly from: number | null; readonly items: readonly (readonly Inline[])[] }
  /** `language`: what its first line says that it is written in, for people; null = nothing. */
  | { readonly is: "code"; readonly language: string | null; readonly text: string };

/** A part of a line; a string is text as it stands, with its line breaks. */
export type Inline =
  | string
  | { readonly is: Mark; readonly of: readonly Inline[] }
  | { readonly is: "code"; readonly text: string }
  /** `href` is absolute, and of http, https, mailto or tel. */
  | { readonly is: "link"; readonly href: string; readonly text: string };

export type Mark = "bold" | "italic" | "strike";
