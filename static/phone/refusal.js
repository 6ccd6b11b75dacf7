/**
 * The server will not have a pledge: its text goes back into the form, with what is wrong, where it can be put right.
 * What is being typed there wins; then, and when the event is closed, the text stays among those written on this phone.
 * @param {Phone.Entry} entry
 * @param {Contract.Problem} error
 * @param {boolean} seen whether its author was looking at it
 * @param {{writing: Phone.WriteForm, draft: Phone.Draft, outbox: Phone.Outbox, words: Page.Words}} page
 */
export function giveBack(entry, error, seen, { writing, draft, outbox, words }) {
  if (error.code === "event_closed") {
    writing.show({ message: error.message });
  } else if (seen && !writing.typed.text) {
    writing.fill(entry.content);
    draft.save(writing.typed);
    outbox.drop(entry.key);
    writing.show(error);
  } else {
    writing.show({ message: words("refused") });
  }
}
