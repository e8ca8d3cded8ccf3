import {isUserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {
  type FileProblem,
  type Inspection,
  inspectFile,
  inspectFolder,
  restoreCommand,
  sumInspections,
} from '../workspace/health.js'
import {BOXES, type Listed, listBox} from './boxes.js'
import {idInFileName, messageFileName} from './file-name.js'
import {type Keyring, openKeyring} from './keyring.js'
import {publicKeysIn} from './keys.js'
import {judgeMessage} from './verdict.js'

/**
 * Every message that bears a message's name: whole, still signed by who sent it, and in one place only. What somebody
 * dropped into an inbox under a name of its own is no message of ours and no damage either.
 */
export function inspectMessages({home}: Fleet): Inspection {
  const keyring = tolerant(openKeyring(home.files))
  const seen = new Map<string, string>()
  return sumInspections(
    listAgents(home).flatMap((agent) =>
      BOXES.filter((box) => box !== 'quarantine')
        .flatMap((box) => listBox(home.files, agent, box))
        .filter(({file}) => idInFileName(file) !== null)
        .map((listed) =>
          inspectFile({files: home.files, path: listed.path}, (bytes) => [
            ...judge(bytes, listed, keyring),
            ...doubled(listed, seen),
          ]),
        ),
    ),
  )
}

/** Public keys: a file that holds no usable key proves nobody's word. */
export function inspectPublicKeys({home: {files}}: Fleet): Inspection {
  return inspectFolder('keys', () => {
    const paths = files.list('keys').flatMap(({name}) => (name.endsWith('.pub') ? [`keys/${name}`] : []))
    return sumInspections(
      paths.map((path) => inspectFile({files, path}, (bytes) => insistOnKey(bytes.toString('utf8'), path))),
    )
  })
}

function insistOnKey(pem: string, file: string): FileProblem[] {
  if (publicKeysIn(pem).length > 0) return []
  const message = `${file}: expected an Ed25519 public key in PEM, got none.`
  return [{file, line: null, code: 'KEY_BROKEN', message, fix: restoreCommand(file)}]
}

function judge(bytes: Buffer, {agent, box, path, file}: Listed, keyring: Keyring): FileProblem[] {
  const {message, trust, reason} = judgeMessage(bytes, {owner: agent, file, path, mtimeMs: 0}, keyring)
  if (trust === 'verified') return []
  // A finished message outlives its sender's key, and its owner's name.
  const isOld = box === 'done' && message.sig !== null
  if (isOld && file === messageFileName(message) && (!keyring.publicKey(message.from) || message.to !== agent))
    return []
  const got = `${path}: expected a message signed by its sender, got one that can't be believed: ${reason}.`
  const fix = box === 'new' ? `mcos heartbeat ${agent}` : `git log -- ${path}`
  return [{file: path, line: null, code: trust === 'forged' ? 'MESSAGE_FORGED' : 'MESSAGE_DAMAGED', message: got, fix}]
}

function doubled({file, path}: Listed, seen: Map<string, string>): FileProblem[] {
  const id = idInFileName(file) ?? file
  const first = seen.get(id)
  if (first === undefined) seen.set(id, path)
  if (first === undefined) return []
  const message = `${path}: expected the message ${id} once, got it a second time; the first is ${first}.`
  return [
    {file: path, line: null, code: 'MESSAGE_TWICE', message, fix: `git log -- ${shellWord(first)} ${shellWord(path)}`},
  ]
}

/** A key file that can't be read is told once, as itself, and not at every message. */
function tolerant(keyring: Keyring): Keyring {
  return {
    publicKey(name) {
      try {
        return keyring.publicKey(name)
      } catch (error) {
        if (isUserError(error)) return null
        throw error
      }
    },
  }
}
