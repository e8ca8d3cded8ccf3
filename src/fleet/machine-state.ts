import {findPrivateKey, privateKeyPath} from '../bus/keys.js'
import {stopPath} from '../guard/stop.js'
import {planTrust, readTrust, TRUST_FILE} from '../guard/trust.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {PrivateKeyFile} from './identities.js'

/** A file below `.mcos/`, as a change set writes it once its commit is there. */
export interface LocalFile {
  readonly path: string
  readonly content: string
}

/**
 * What this machine knows of an agent under its old name, for the new one as well: when what was checked, which command
 * lines are trusted, and a stop that holds. The old files stay, so that taking the rename back finds everything.
 */
export function planMachineState(mcos: Folder, {from, to}: {readonly from: string; readonly to: string}): LocalFile[] {
  const copies = [
    [`beats/${from}.json`, `beats/${to}.json`],
    [`beats/${from}.told`, `beats/${to}.told`],
    [stopPath(from), stopPath(to)],
  ] as const
  return [
    ...copies.flatMap(([source, path]) => {
      const content = mcos.readText(source)
      return content === null ? [] : [{path, content}]
    }),
    ...trustOf(mcos, {from, to}),
  ]
}

/** The private key under its new name; nothing where this machine has none. */
export function planPrivateKey(
  files: Folder,
  {from, to}: {readonly from: string; readonly to: string},
): PrivateKeyFile[] {
  const key = findPrivateKey(files, from)
  const there = findPrivateKey(files, to)
  if (key === null || there === key) return []
  return [{path: privateKeyPath(to), content: key, replaces: there === null ? null : contentHash(there)}]
}

function trustOf(mcos: Folder, {from, to}: {from: string; to: string}): LocalFile[] {
  const trust = readTrust(mcos)
  const entries = trust.agents.get(from) ?? []
  const [first] = entries
  if (trust.problem !== null || !first || mcos.readText(TRUST_FILE) === null) return []
  return [planTrust(trust, {agent: to, texts: entries, at: first.at, by: first.by})]
}
