import {isUserError, type UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {SecretRef} from './secret-ref.js'

/** What was looked up in this process; secrets are read where nothing can wait, so they are looked up before. */
const kept = new Map<string, string | UserError>()

/** What this machine keeps under a name, once it was looked up; throws what spoke against it, such as a damaged file. */
export function keptSecret(name: string): string | undefined {
  const found = kept.get(name)
  if (isUserError(found)) throw found
  return found
}

/** How often something was looked up: what is remembered of secrets is stale once this has changed. */
export function lookUps(): number {
  return times
}

let times = 0

/** Looks up what these references need that can only be waited for; of others it loads nothing. */
export async function lookUpKept(files: Folder, refs: readonly SecretRef[]): Promise<void> {
  for (const {source, value} of refs) if (source === 'keyring') await lookUpName(files, value)
}

async function lookUpName(files: Folder, name: string): Promise<void> {
  const {findKept} = await import('./secret-store.js')
  const secret = await findKept(files, name).catch((error: unknown) => {
    // Told when it is asked for: a fleet is opened for much else.
    if (isUserError(error)) return error
    throw error
  })
  times++
  if (secret === null) kept.delete(name)
  else kept.set(name, secret)
}
