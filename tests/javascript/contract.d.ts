/**
 * What server and screens say to each other, as JSON over HTTP and Socket.IO. `wall/core/audience.py` makes most of it.
 *
 * Every module knows these names without importing them, as it knows `HTMLElement`: no phone fetches a line for them.
 */
declare namespace Contract {
  type AuthorField = "name" | "organisation";
  type Field = "text" | AuthorField | "theme";
  type Status = "waiting" | "shown" | "hidden" | "withdrawn";
  type Outcome = "kept" | "still_going" | "changed" | "dropped";

  /** What an author wrote; empty where nothing was given. */
  type Content = Record<Field, string>;

  /** A pledge as every reader gets it. */
  interface Pledge extends Content {
    id: string;
    number: number;
    pinned: boolean;
    created_at: string;
    /** The event's version at its last change. */
    version: number;
    /** The event's version when it was last put on the wall; null where it never was, so only at the desk. */
    shown_since: number | null;
    me_too: number;
  }

  interface WallPledge extends Pledge {
    shown_since: number;
    /** On the follow-up wall alone. */
    outcome?: Outcome;
    sentence?: string;
  }

  /** A pledge as whoever sent it gets it. */
  interface SentPledge extends Pledge {
    status: Status;
    held_for: "" | "patient_details" | "words";
  }

  interface DeskPledge extends SentPledge {
    /** The ids of people, whose names are in the changes' `people`. */
    decided_by: number | null;
    entered_by: number | null;
    erased: boolean;
  }

  /** What the wall is to do; see `wall/core/wall_state.py`. */
  interface Order {
    scene: "join" | "tour" | "one" | "everything";
    spotlight: string;
    frozen_at: number | null;
    blank: boolean;
  }

  interface WallState extends Order {
    look: "paper" | "night";
    accent: string;
    room_depth: number;
    margin: number;
    logo: string;
  }

  interface Wifi {
    name: string;
    password: string;
  }

  interface Event {
    code: string;
    title: string;
    question: string;
    open: boolean;
    language: string;
    wall: WallState;
    short_address: string;
    /** On projected walls alone, where the event shows one. */
    wifi?: Wifi;
  }

  /** The answer to *what changed after version `from`?* */
  interface Changes<P extends Pledge> {
    event: Event;
    from: number;
    to: number;
    pledges: P[];
    removed: string[];
    /** At the desk: names by id. */
    people?: Record<string, string>;
  }

  /** What every phone hears. */
  interface Room {
    version: number;
    open: boolean;
    /** Names what the page asks; another name, another page. */
    form: string;
    shown: number;
    latest: WallPledge[];
  }

  type RoomListener = (room: Room) => void;

  /** What an error says; see `docs/errors.md`. */
  interface Problem {
    code: string;
    message: string;
    fields?: Record<string, string>;
    retry_after?: number;
  }

  /** What was asked for, or an error. */
  type Answer<T> = (T & { error?: undefined }) | ({ error: Problem } & { [K in keyof T]?: undefined });

  /** The answer to a pledge. */
  interface Stored {
    pledge: SentPledge;
    receipt: string;
  }

  /** What a receipt's address answers. */
  type ReceiptAnswer = Answer<{ pledge: SentPledge }>;

  /** What a request of the desk has changed. */
  interface Done {
    pledge?: DeskPledge;
    pledges?: DeskPledge[];
    wall?: WallState;
  }

  /** The desk's `state`. */
  interface RoomReport {
    version: number;
    phones: number;
    /** The version that each shows; null before it has said. */
    projectors: (number | null)[];
    server: ServerReport;
  }

  /** See `wall/services/server/health.py`. */
  interface ServerReport {
    database: "ok" | "failed";
    disk: "ok" | "low";
    free_mb: number;
    ledger: "ok" | "busy";
    waiting: number;
    backup: string | null;
    backup_failed: boolean;
    servers: "" | "quick" | "slow";
  }

  /** How a load check goes. */
  interface LoadCheckReport {
    phones: number;
    opened: number;
    stored: number;
    failed: number;
    done: boolean;
    verdict: "green" | "amber" | "red" | null;
    typical_ms: number;
    slow_ms: number;
  }

  /** How far an export is. */
  interface ExportReport {
    done: number;
    of: number;
    ready: boolean;
    failed: boolean;
  }
}
