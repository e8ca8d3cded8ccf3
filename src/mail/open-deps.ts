import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import type {SecretRef} from '../workspace/secret-ref.js'

/** What an account is opened with. */
export interface OpenDeps {
  /** Its name in mcos.yaml. */
  readonly name: string
  readonly home: Folder
  readonly mcos: Folder
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** The value behind a reference; throws a UserError that names the reference. */
  secret(ref: SecretRef): Promise<string>
}
