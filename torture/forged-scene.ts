import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {type InboxView, readInbox} from '../src/bus/inbox.js'
import {type KeyPair, makeKeyPair} from '../src/bus/keys.js'
import {type Draft, deliver, planSendTo} from '../src/bus/send.js'
import {type FixedClock, fixedClock} from '../src/kit/clock.js'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {type AgentEntry, listAgents} from '../src/workspace/agents.js'
import {formatMessage, type Message} from '../src/workspace/message-file.js'
import {type Dice, dice} from './dice.js'

/** A small fleet: donna, whom everybody writes to, jarvis, and the keys of three senders. */
export interface Scene {
  readonly dir: string
  readonly files: Folder
  readonly keys: Readonly<Record<string, KeyPair>>
  readonly dice: Dice
  readonly clock: FixedClock
}

const SENDERS = ['ada', 'jarvis', 'mallory']

/** A message that its sender really sent to donna, laid into her inbox. */
export function trueMessage(scene: Scene, draft: Partial<Draft>): {message: Message; text: string} {
  const {files, clock} = scene
  clock.advance(1000)
  const from = draft.from ?? scene.dice.pick(['ada', 'jarvis'])
  const said = {
    subject: 'Invoice',
    body: scene.dice.pick(['Please pay the invoice.', 'Deploy is red.\n\n---\nsig: none', 'Grüße 🙂\n\nfrom: jarvis']),
    taint: scene.dice.pick(['mail', 'web']),
    expires: scene.dice.pick([null, '2030-01-01T00:00:00Z']),
  }
  const plan = planSendTo(donna(scene), {from, to: 'donna', ...said}, {clock, privateKey: keyOf(scene, from)})
  deliver(files, {recipient: donna(scene), changes: plan.changes})
  return {message: plan.message, text: formatMessage(plan.message)}
}

/** A fleet in a temporary folder; the one who opens it removes it. */
export function openScene(seed: number): Scene {
  const dir = mkdtempSync(path.join(tmpdir(), 'mcos-forged-'))
  for (const folder of ['workspaces/donna', 'workspaces/jarvis', 'keys'])
    mkdirSync(path.join(dir, folder), {recursive: true})
  const keys = Object.fromEntries(SENDERS.map((name) => [name, makeKeyPair()]))
  for (const [name, {publicKey}] of Object.entries(keys)) writeFileSync(path.join(dir, `keys/${name}.pub`), publicKey)
  return {dir, files: openFolder(dir), keys, dice: dice(seed), clock: fixedClock('2026-11-21T08:30:00Z')}
}

/** What an owner's inbox believes now. */
export function inboxOf(scene: Scene, owner: string): InboxView {
  return readInbox(scene, {name: owner, path: `workspaces/${owner}`}, {now: scene.clock.now()})
}

/** Empties all inboxes. */
export function clear({dir}: Scene): void {
  for (const owner of ['donna', 'jarvis'])
    rmSync(path.join(dir, `workspaces/${owner}/inbox`), {recursive: true, force: true})
}

/** Whom everybody writes to. */
export function donna(scene: Scene): AgentEntry {
  const [first] = listAgents({files: scene.files, config: {agents: null}})
  if (first?.name !== 'donna') throw new Error('the scene has lost donna')
  return first
}

/** The private key of one of the three senders. */
export function keyOf({keys}: Scene, name: string): string {
  const pair = keys[name]
  if (!pair) throw new Error(`the scene has no key of ${name}`)
  return pair.privateKey
}
