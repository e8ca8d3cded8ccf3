import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import type {Home} from './home.js'
import type {ParsedCache} from './parsed-cache.js'

/** An opened fleet: what every procedure above the domains is handed. */
export interface Fleet {
  readonly home: Home
  /** The machine's own part of the home, `.mcos/`. */
  readonly mcos: Folder
  readonly clock: Clock
  /** This machine's name in the fleet. */
  readonly host: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cache: ParsedCache
}
