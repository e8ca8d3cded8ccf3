import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {makeKeyPair} from '../src/bus/keys.js'
import {planMadeHere, TRUST_FILE} from '../src/guard/trust.js'
import {openFolder} from '../src/kit/folder.js'

const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = true
[user]
	name = Ada
	email = ada@example.com
`

/** A fleet's files, with a key pair for each agent, all in one commit of Ada's; nothing of it is trusted yet. */
export function layFleet(home: string, files: Readonly<Record<string, string>>, agents: readonly string[]): void {
  for (const [path, text] of Object.entries({'.gitignore': '.mcos/\n', ...files})) layFile(home, path, text)
  for (const name of agents) layKeys(home, name)
  layRepository(home)
  const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'}
  execFileSync('git', ['add', '-A'], {cwd: home, env})
  // Without a look at whether it is time for git's own upkeep.
  execFileSync('git', ['-c', 'maintenance.auto=false', 'commit', '-qm', 'A fleet'], {cwd: home, env})
}

/** Writes a file, and the folders on its way. */
export function layFile(home: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(home, path)), {recursive: true})
  writeFileSync(join(home, path), text)
}

/** A key pair for one agent. */
export function layKeys(home: string, agent: string): void {
  const {publicKey, privateKey} = makeKeyPair()
  layFile(home, `keys/${agent}.pub`, publicKey)
  layFile(home, `.mcos/keys/${agent}.key`, privateKey)
  chmodSync(join(home, `.mcos/keys/${agent}.key`), 0o600)
}

/** From now on the fleet is one that this machine's person has made here. */
export function trustAsMadeHere(home: string): void {
  mkdirSync(join(home, '.mcos'), {recursive: true})
  const mcos = openFolder(join(home, '.mcos'))
  mcos.write(TRUST_FILE, planMadeHere(mcos).content)
}

/** What `git init` and two `git config` leave behind, without their three processes. */
function layRepository(home: string): void {
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'hooks', 'info']) {
    mkdirSync(join(home, '.git', folder), {recursive: true})
  }
  layFile(home, '.git/HEAD', 'ref: refs/heads/main\n')
  layFile(home, '.git/config', CONFIG)
}
