// Mails through a real mail server on loopback, which refuses, hangs, makes wait and hangs up: nothing is lost, and
// nothing is sent twice.
import type { AddressInfo } from "node:net";
import type { APIRequestContext } from "@playwright/test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { PASSWORD } from "../support/people";
import { expect, test as base } from "../support/test";

type Got = { to: string; message: string };

/** What the server does with the next recipients and messages; empty means that it takes everything. */
type Moods = { recipient: number[]; message: ("drop" | number)[]; hangs: boolean };

class MailServer {
  readonly got: Got[] = [];
  readonly moods: Moods = { recipient: [], message: [], hangs: false };
  connections = 0;
  private readonly server: SMTPServer;

  constructor() {
    const refuse = (code: number) => Object.assign(new Error("not now"), { responseCode: code });
    const options: SMTPServerOptions = {
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onConnect: (_session, done) => {
        this.connections += 1;
        if (!this.moods.hangs) done();
      },
      onRcptTo: (_address, _session, done) => {
        const code = this.moods.recipient.shift();
        done(code ? refuse(code) : null);
      },
      onData: (stream, session, done) => {
        let message = "";
        stream.on("data", (chunk: Buffer) => (message += chunk.toString()));
        stream.on("end", () => {
          const mood = this.moods.message.shift();
          if (mood === "drop") return this.hangUp();
          if (mood) return done(refuse(mood));
          this.got.push({ to: session.envelope.rcptTo[0]?.address ?? "", message });
          done();
        });
      },
    };
    this.server = new SMTPServer(options);
    this.server.on("error", () => {});
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection without a word. */
  hangUp(): void {
    for (const connection of this.server.connections as Set<{ _socket: { destroy(): void } }>) connection._socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

const test = base.extend<{ mailServer: MailServer }>({
  mailServer: async ({}, use) => {
    const server = new MailServer();
    await use(server);
    await server.close();
  },
  settings: async ({ mailServer }, use) => use({ PILOTLIGHT_SMTP_URL: await mailServer.listen(), PILOTLIGHT_MAIL_FROM: "Pilotlight <lit@example.com>" }),
});

async function signUp(request: APIRequestContext, email: string): Promise<void> {
  const form = { email, password: PASSWORD };
  const answer = await request.post("/api/session/sign-up", { form, headers: { accept: "application/json" } });
  expect(answer.status()).toBe(200);
}

/** Once and no more: also after the worker has looked again. */
async function once(server: MailServer): Promise<void> {
  await expect.poll(() => server.got.length, { timeout: 20_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(server.got.length).toBe(1);
}

test("a mail is taken, as text and as HTML, from whom the operator says", async ({ request, mailServer }) => {
  await signUp(request, "김지우@예시.example");
  await once(mailServer);
  const { to, message } = mailServer.got[0] ?? { to: "", message: "" };
  expect(to).toBe("김지우@예시.example");
  expect(message, "as mail servers read it").toContain("@xn--vv4b11d.example");
  expect(message).toContain("From: Pilotlight <lit@example.com>");
  expect(message).toMatch(/Message-ID: <[\w-]+@example\.com>/i);
  expect(message).toContain("multipart/alternative");
  expect(message).toContain("text/plain");
  expect(message).toContain("text/html");
  expect(message).toMatch(/^Date: /m);
});

test("a server that makes strangers wait gets the mail again, once", async ({ request, mailServer, sandbox }) => {
  mailServer.moods.recipient.push(451, 450);
  await signUp(request, "ann@example.com");
  await expect.poll(() => mailServer.moods.recipient.length, { timeout: 20_000 }).toBe(1);
  await sandbox.passDays(0.05);
  await expect.poll(() => mailServer.moods.recipient.length, { timeout: 20_000 }).toBe(0);
  expect(mailServer.got.length).toBe(0);
  await sandbox.passDays(0.05);
  await once(mailServer);
});

test("a server that hangs up in the middle loses nothing", async ({ request, mailServer, sandbox }) => {
  mailServer.moods.message.push("drop", 421);
  await signUp(request, "ann@example.com");
  await expect.poll(() => mailServer.moods.message.length, { timeout: 20_000 }).toBe(1);
  await sandbox.passDays(0.05);
  await expect.poll(() => mailServer.moods.message.length, { timeout: 20_000 }).toBe(0);
  await sandbox.passDays(0.05);
  await once(mailServer);
});

test("an address that takes no mail is given up; our own trouble is not", async ({ request, mailServer, sandbox, pilotlight }) => {
  mailServer.moods.recipient.push(550);
  await signUp(request, "nobody@example.com");
  await expect.poll(() => pilotlight.log, { timeout: 20_000 }).toMatch(/a mail was not taken: the mail server answered 550.*given_up.*true/);
  await sandbox.passDays(1);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(mailServer.got.length).toBe(0);
  expect(pilotlight.log, "addresses are no business of the log").not.toContain("nobody@example.com");
});

test("a server that says nothing keeps nobody from signing up", async ({ request, mailServer, sandbox }) => {
  mailServer.moods.hangs = true;
  await signUp(request, "ann@example.com");
  await expect.poll(() => mailServer.connections, { timeout: 20_000 }).toBeGreaterThan(0);
  expect((await request.get("/login")).status()).toBe(200);
  mailServer.moods.hangs = false;
  mailServer.hangUp();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await sandbox.passDays(0.05);
  await once(mailServer);
});
