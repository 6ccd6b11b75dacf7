/** What templates give their scripts: data on an element, and the fields of a form. */
declare namespace Page {
  /** An element with `data-…` that its script cannot do without. */
  type With<Name extends string> = HTMLElement & { dataset: Record<Name, string> };

  /** The phone page and the receipt. */
  type Sheet = With<"event" | "limit" | "form">;

  type Desk = With<"event" | "csrf" | "me">;

  /** One pledge in a list. */
  type Row = With<"id" | "status" | "heldFor">;

  /** What a script needs of its page; an element of that kind. */
  type Find = <T extends Element = HTMLElement>(root: ParentNode, selector: string, kind?: new () => T) => NoInfer<T>;
  /** Words of the page, by name; those that count something in the form for that number, which takes the place in braces. */
  type Words = (name: string, count?: number) => string;

  /** A form to write a pledge; an event need not ask for all of it. */
  type ContentForm = HTMLFormElement & { elements: { text: HTMLTextAreaElement } & Partial<Record<Contract.AuthorField, HTMLInputElement>> };

  /** An attendee's form. */
  type PledgeForm = ContentForm & { elements: { theme?: RadioNodeList } };

  /** A scribe's form for one card. */
  type CardForm = ContentForm & { elements: { csrf_token: HTMLInputElement; theme?: HTMLSelectElement } };
}
