/** What a phone saves, and its parts by name: most of its modules speak of an entry or of the outbox. */
declare namespace Phone {
  type Card = import("../../static/phone/card.js").Card;
  type Draft = import("../../static/phone/draft.js").Draft;
  type Hint = import("../../static/phone/hint.js").Hint;
  type Store = import("../../static/phone/store.js").Store;
  type Mine = import("../../static/phone/mine.js").Mine;
  type News = import("../../static/phone/news.js").News;
  type Outbox = import("../../static/phone/outbox.js").Outbox;
  type WriteForm = import("../../static/phone/form.js").WriteForm;

  /** A page that is open, and `refreshed` is called each time that it was brought up to date with its event. */
  interface Open {
    sheet: Page.Sheet;
    writing: WriteForm;
    refreshed(): void;
  }

  /** Where a pledge is; gone where the server has it no more. */
  type Status = Contract.Status | "gone";

  interface Written {
    key: string;
    content: Contract.Content;
    /** Why the server would not have it. */
    refused?: Contract.Problem;
    /** Its theme is offered no more, so it was sent without. */
    themeless?: boolean;
  }

  interface UnsentEntry extends Written {
    receipt?: undefined;
    status?: undefined;
    id?: undefined;
    written?: undefined;
  }

  interface StoredEntry extends Written {
    receipt: string;
    status: Status;
    id: string;
    /** When, by the server's clock; what was stored before it was noted has none. */
    written?: string;
  }

  /** A pledge that was written here. */
  type Entry = UnsentEntry | StoredEntry;

  /** Why a pledge is not stored yet. */
  type Delay = "away" | "busy" | "limited";

  /** Where a pledge is on its way, as its card says. */
  type State = "sending" | Delay | Status;

  /** Who hears what became of each pledge that was sent. */
  interface SendListener {
    stored(entry: StoredEntry): void;
    refused(entry: Entry, error: Contract.Problem): void;
    /** The server asked to be left alone for so many seconds: that holds for all that is unsent. */
    delayed(why: Delay, seconds: number): void;
  }
}
