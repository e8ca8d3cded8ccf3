import type {SecretRef} from './secret-ref.js'

/** mcos.yaml as typed values: plain JSON, so that a cache may keep it. */
export interface FleetConfig {
  readonly version: 1
  readonly name: string
  /** This machine's name in the fleet; null: the hostname. */
  readonly host: string | null
  /** A zone that this machine's Intl knows. */
  readonly timezone: string
  /** Whether `--at` may really run. */
  readonly rehearsal: boolean
  readonly people: Readonly<Record<string, Person>>
  readonly page: PageRule | null
  readonly ping: SecretRef | string | null
  readonly engines: Readonly<Record<string, EngineConfig>>
  /** Names of engines in the order they are asked; each list ends with `rules`, and `default` is always there. */
  readonly routes: Readonly<Record<string, readonly string[]>>
  readonly budgets: {readonly fleet: Budget | null; readonly agent: Budget | null}
  readonly context: {readonly flushAt: number}
  readonly mail: {readonly accounts: Readonly<Record<string, MailAccount>>; readonly rules: readonly string[]}
  readonly channels: Readonly<Record<string, Channel>>
  readonly mcp: Readonly<Record<string, McpServer>>
  readonly git: {readonly remote: string | null; readonly push: string | null; readonly filters: readonly string[]}
  /** Where agents live; null: every folder under workspaces/ is one. */
  readonly agents: Readonly<Record<string, {readonly path: string}>> | null
  readonly unknown: readonly UnknownKey[]
}

/** A key that this version doesn't know: kept in the file, never acted on, told by `doctor`. */
export interface UnknownKey {
  readonly path: string
  readonly line: number
  /** The known key that was likely meant. */
  readonly near: string | null
}

/** What one person may say yes to, and how that person is reached. */
export interface Person {
  readonly approves: readonly string[]
  readonly via: readonly string[]
}

/** What goes straight to a person, and to which channel or person. */
export interface PageRule {
  readonly to: string
  readonly when: readonly string[]
  readonly afterMs: number
}

/** Ceilings; null where none was set. */
export interface Budget {
  readonly usdPerDay: number | null
  readonly tokensPerDay: number | null
  readonly turnsPerDay: number | null
}

export type EngineConfig = ModelEngine | CommandEngine | ScriptedEngine

interface EngineCommon {
  readonly baseUrl: string | null
  readonly key: SecretRef | null
  /** Tokens that fit its window; null: what is known of the model. */
  readonly context: number | null
  /** How long no byte may come. */
  readonly timeoutMs: number
  /** How long a whole call may take. */
  readonly deadlineMs: number
  /** Subscriptions cost turns, not dollars. */
  readonly billing: 'metered' | 'subscription'
  readonly budget: Budget | null
  /** The most an answer may be, in tokens; null: what is known of the model. */
  readonly maxTokens: number | null
  /** What it costs; null: what is known of the model. */
  readonly prices: EnginePrices | null
}

/** US dollars for a million tokens; null: the usual share of the input's price, or that price itself. */
export interface EnginePrices {
  readonly input: number
  readonly output: number
  readonly cacheRead: number | null
  /** Kept for five minutes. */
  readonly cacheWrite: number | null
  /** Kept for an hour. */
  readonly cacheWriteHour: number | null
}

export interface ModelEngine extends EngineCommon {
  readonly kind: 'anthropic' | 'openai'
  readonly model: string
}

export interface CommandEngine extends EngineCommon {
  readonly kind: 'command'
  readonly run: readonly string[]
  readonly model: string | null
  /** Whose stream it prints, where its name doesn't tell; null: its name does. */
  readonly speaks: 'claude' | 'codex' | 'gemini' | null
  /** US dollars that one turn of a metered program may cost; default 1. */
  readonly usdPerTurn: number
}

/** Answers from a file of the home, for rehearsing a fleet without any model. */
export interface ScriptedEngine extends EngineCommon {
  readonly kind: 'scripted'
  readonly file: string
}

export type Channel =
  | {
      readonly kind: 'webhook'
      readonly url: SecretRef | string
      readonly headers?: Readonly<Record<string, SecretRef | string>>
    }
  | {readonly kind: 'command'; readonly command: readonly string[]}
  | {readonly kind: 'telegram'; readonly token: SecretRef; readonly chat: string; readonly baseUrl?: string}

interface MailCommon {
  /** Who owns the triage. */
  readonly agent: string
  /** The agent or channel that hears of urgent threads. */
  readonly escalate: string | null
  readonly folders: readonly string[]
  /** Times of day, 08:00. */
  readonly digest: readonly string[]
  readonly rate: string | null
  readonly sinceMs: number | null
  readonly timeoutMs: number
  /** Further addresses that are the account's own. */
  readonly addresses: readonly string[]
  /** The only server whose Authentication-Results are believed; null: nobody's. */
  readonly authserv: string | null
}

export interface GraphAccount extends MailCommon {
  readonly kind: 'graph'
  readonly user: string
  readonly tenant: string
  readonly clientId: string
  /** null: the device code flow. */
  readonly clientSecret: SecretRef | null
  readonly authority: string | null
  readonly baseUrl: string | null
  /** A file with certificates to believe besides the system's. */
  readonly ca: string | null
}

export interface ImapAccount extends MailCommon {
  readonly kind: 'imap'
  readonly host: string
  readonly port: number | null
  readonly user: string
  readonly login: ImapLogin
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly ca: string | null
}

/** How an IMAP account proves who it is: a password, an access token that a program or file gives, or a device code login. */
export type ImapLogin =
  | {readonly kind: 'password'; readonly ref: SecretRef}
  | {readonly kind: 'token'; readonly ref: SecretRef}
  | {
      readonly kind: 'device-code'
      readonly tenant: string
      readonly clientId: string
      readonly authority: string | null
    }

export interface MaildirAccount extends MailCommon {
  readonly kind: 'maildir'
  readonly path: string
}

export type MailAccount = GraphAccount | ImapAccount | MaildirAccount

/** A server whose tools the named agents may use: a program that is started, or an address. */
export type McpServer = McpProgram | McpAddress

export interface McpProgram {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, SecretRef | string>>
  readonly agents: readonly string[]
}

export interface McpAddress {
  readonly url: SecretRef | string
  readonly headers: Readonly<Record<string, SecretRef | string>>
  readonly agents: readonly string[]
}
