import type {ServerInfo} from './era.js'
import type {Params} from './message.js'

/** What a client hears while its call goes on. */
export interface Underway {
  readonly signal: AbortSignal
  /** Who the client says it is; null: it hasn't. */
  readonly client: string | null
  progress(message: string): void
}

/** What stands behind the protocol, blind to its eras: tools and texts of one agent. */
export interface Served {
  readonly server: ServerInfo
  /** What a model is told of the server as a whole. */
  readonly instructions: string
  listTools(): Promise<readonly Params[]>
  /** null: there is no such tool. A tool that fails or is refused says so in its result. */
  callTool(name: string, args: Params, underway: Underway): Promise<Params | null>
  listResources(): Promise<readonly Params[]>
  listTemplates(): readonly Params[]
  readResource(uri: string): Promise<ResourceRead>
}

/** A text, or why there is none: it isn't there, or it isn't the agent's to read. */
export type ResourceRead =
  | {readonly kind: 'found'; readonly contents: readonly Params[]}
  | {readonly kind: 'none'; readonly message: string; readonly data: Params}
  | {readonly kind: 'refused'; readonly message: string; readonly data: Params}
