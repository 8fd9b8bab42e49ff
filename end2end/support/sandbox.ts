// Fate: the sandbox's control API (sandbox/README.md).

/** What can happen to a person. */
export type Happening =
  | "expire" | "password" | "remove" | "log-out" | "checkpoint" | "pass-checkpoint" | "unconfirm" | "confirm" | "unshare" | "share"
  | "page-role" | "restore-page-role" | "data-access" | "untick" | "grant" | "not-tester" | "tester" | "heal";

/** What can go wrong at Meta itself. */
export type FaultKind =
  | "app-limit" | "user-limit" | "account-limit" | "transient" | "html502" | "timeout" | "drop" | "drop-after" | "slow"
  | "big-body" | "broken-json" | "api-blocked" | "app-disabled" | "unsupported" | "unknown190" | "postcard190";

/** Where and how often a fault strikes; without anything: at every call, until it is taken away. */
export type FaultReach = { endpoints?: string[]; username?: string; times?: number; seconds?: number };

/** What Meta answered to a signed callback. */
export type CallbackAnswer = { status: number; body: string };

/** A mail that somebody got while the product has no mail server. */
export type Mail = { id: string; from: string; to: string; subject: string; text: string; html: string; message_id: string };

const DAY = 86_400;

export class Sandbox {
  constructor(private readonly url: string) {}

  /** Lets time pass, for Meta and for Pilotlight. */
  async passDays(days: number): Promise<void> {
    await this.call("POST", "/clock", { advance_seconds: Math.round(days * DAY) });
  }

  /** The sandbox's time. */
  async now(): Promise<Date> {
    const clock = await this.call<{ now: string }>("GET", "/clock");
    return new Date(clock.now);
  }

  /** Makes something happen to a person. */
  async happen(username: string, happening: Happening, details: { permission?: string } = {}): Promise<void> {
    await this.call("POST", `/people/${username}/${happening}`, details);
  }

  /** Breaks something at Meta. */
  async fault(kind: FaultKind, reach: FaultReach = {}): Promise<void> {
    await this.call("POST", "/faults", { kind, ...reach });
  }

  /** Repairs everything at Meta. */
  async clearFaults(): Promise<void> {
    await this.call("DELETE", "/faults");
  }

  /** Turns switches: ways in which Meta's answers differ. */
  async set(switches: Record<string, unknown>): Promise<void> {
    await this.call("POST", "/switches", switches);
  }

  /** How many calls Meta has received, by endpoint. */
  async count(endpoint: string): Promise<number> {
    const { counters } = await this.call<{ counters: Record<string, number> }>("GET", "/calls");
    return counters[endpoint] ?? 0;
  }

  /** Lets Meta post a signed callback to Pilotlight. */
  async send(username: string, kind: "deauthorize" | "data-deletion"): Promise<CallbackAnswer> {
    return this.call("POST", "/send", { username, kind });
  }

  /** The mails to an address, the newest first. */
  async mails(to: string): Promise<Mail[]> {
    return (await this.call<Mail[]>("GET", "/mails")).filter((mail) => mail.to === to);
  }

  /** The newest mail to an address with this subject, as soon as it is there. */
  async mail(to: string, subject: string): Promise<Mail> {
    const until = Date.now() + 15_000;
    for (;;) {
      const found = (await this.mails(to)).find((mail) => mail.subject === subject);
      if (found) return found;
      if (Date.now() > until) throw new Error(`no mail “${subject}” to ${to}: ${JSON.stringify(await this.mails(to))}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/control${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /control${path}: ${answer.status} ${text}`);
    return JSON.parse(text || "null") as T;
  }
}
