import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {readInbox} from '../src/bus/inbox.js'
import {NO_FACTS} from '../src/guard/action.js'
import {openPerson, setPassphrase} from '../src/guard/people/open-person.js'
import {readCommittedLaw} from '../src/heartbeat/committed-law.js'
import {readContract} from '../src/heartbeat/read-contract.js'
import {readLaw} from '../src/heartbeat/read-law.js'
import {hasSandbox} from '../src/kit/sandbox.js'
import {act} from '../src/turn/act.js'
import {Draft} from '../src/turn/draft.js'
import {runTool} from '../src/turn/tools/run-program.js'
import {findAgent} from '../src/workspace/agents.js'
import {openApprovalScene, WORDS} from '../testing/approval-scene.js'
import type {Wrongs} from './torture.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A folder of one's own below the system's, without links. */
export function tempDir(what: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `mcos-${what}-`)))
}

/**
 * What an agent's program tries that has a shell as the same user: each line says what it got hold of. The passphrase is
 * given to it, so that nothing but the sandbox is in its way.
 */
const ATTACK = `#!/bin/sh
unset MCOS_AGENT MCOS_TOKEN
say() { echo "GOT $1"; }
for dir in "$1/.mcos" /proc/1/root"$1/.mcos" "$1/workspaces/donna/../../.mcos"; do
  for file in people/ada.json people/_channels.key keys/donna.key; do
    cat "$dir/$file" >/dev/null 2>&1 && say "read $file"
  done
  echo '{}' >"$dir/people/ada.json" 2>/dev/null && say "wrote people/ada.json"
done
mkdir -p "$1/approvals/$2" 2>/dev/null
cp answer.md "$1/approvals/$2/answer.md" 2>/dev/null && say "wrote answer.md"
(exec </dev/tty) 2>/dev/null && say "a terminal"
[ -c /dev/ptmx ] && say "ptmx"
script -qec "true" /dev/null >/dev/null 2>&1 && say "script's pty"
python3 -c 'import pty; pty.openpty()' 2>/dev/null && say "python's pty"
mcos --version >/dev/null 2>&1 && echo "RAN mcos"
printf '%s\\n' "$3" | mcos approve yes "$2" --home "$1" >/dev/null 2>&1 && say "a yes by a pipe"
printf '%s\\n' "$3" | script -qec "mcos approve yes $2 --home $1" /dev/null >/dev/null 2>&1 && say "a yes by script"
# A passphrase of its own, in whatever stands there for .mcos, and a yes with it.
printf '%s\\n' "$3" | env -i PATH="$PATH" HOME="$HOME" mcos people setup ada --passphrase-fd 0 --home "$1" >/dev/null 2>&1
printf '%s\\n' "$3" | script -qec "mcos approve yes $2 --home $1" /dev/null >/dev/null 2>&1 && say "a yes of its own"
echo END
`

/** Runs that program as an agent's turn does; what it got hold of is wrong. `skipped` says why nothing could be tried. */
export async function attackFromSandbox(wrongs: Wrongs): Promise<{readonly tried: number; readonly skipped?: string}> {
  if (!hasSandbox())
    return {tried: 0, skipped: 'no sandbox (bubblewrap) on this machine: approvals are unenforced here'}
  const dir = tempDir('same-user')
  const tools = tempDir('tools')
  try {
    const bin = installMcos(tools)
    const scene = openApprovalScene({
      dir,
      env: {PATH: `${bin}:${process.env['PATH'] ?? ''}`},
      files: {
        'workspaces/donna/SOUL.md':
          '---\ncontract:\n  reads: ["**"]\n  writes: [workspaces/donna/**]\n  commands: [./attack.sh]\n  ask: [deploy]\n---\n# Donna\n',
        'workspaces/donna/answer.md': 'answer: yes\\n',
      },
    })
    scene.write('workspaces/donna/attack.sh', ATTACK)
    scene.git('update-index', '--add', '--chmod=+x', 'workspaces/donna/attack.sh')
    scene.git('commit', '-qm', 'A program')
    const {chmodSync} = await import('node:fs')
    chmodSync(join(dir, 'workspaces/donna/attack.sh'), 0o755)
    const id = await scene.raise({verb: 'deploy', target: 'app', args: {tool: 'deploy', input: {target: 'app'}}})
    const fleet = await scene.open()
    setPassphrase(fleet.mcos, {
      name: 'ada',
      passphrase: WORDS,
      old: null,
      now: scene.clock.now(),
      cost: {n: 2 ** 10, r: 8, p: 1},
    })
    const keys = snapshot(dir)
    const text = await runAsAgent(scene, `./attack.sh ${dir} ${id} "${WORDS}"`)
    wrongs.insist(text.includes('END'), `the attack did not run to its end: ${text.slice(0, 300)}`)
    wrongs.insist(text.includes('RAN mcos'), 'the attacker had no mcos to call, so that little was tried')
    for (const [, got] of text.matchAll(/GOT (.*)/g)) wrongs.add(`a program in the sandbox got ${got}`)
    wrongs.insist(!existsSync(join(dir, `approvals/${id}/answer.md`)), 'a program in the sandbox has answered')
    wrongs.insist(snapshot(dir) === keys, 'a program in the sandbox has changed keys')
    // The attack was a true one: with that passphrase, outside, one is that person.
    openPerson(fleet.mcos, {name: 'ada', passphrase: WORDS, now: scene.clock.now()})
    return {tried: 18}
  } finally {
    for (const folder of [dir, tools]) rmSync(folder, {recursive: true, force: true, maxRetries: 3})
  }
}

/** The built mcos in a folder of PATH, as a person has it installed: the sandbox shows such folders. */
function installMcos(dir: string): string {
  const [bin, lib] = [join(dir, 'bin'), join(dir, 'lib/mcos')]
  mkdirSync(bin)
  mkdirSync(lib, {recursive: true})
  for (const part of ['bin', 'dist', 'package.json', 'oclif.manifest.json'])
    cpSync(join(ROOT, part), join(lib, part), {recursive: true})
  writeFileSync(join(bin, 'mcos'), `#!/bin/sh\nexec '${process.execPath}' '${lib}/bin/mcos.js' "$@"\n`, {mode: 0o755})
  return bin
}

async function runAsAgent(scene: ReturnType<typeof openApprovalScene>, command: string): Promise<string> {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  const committed = readCommittedLaw(fleet, [agent])
  const found = await readContract(fleet, agent, committed)
  const law = await readLaw(fleet, agent, {...found, committed})
  const context = {
    fleet,
    agent,
    contract: found.contract,
    law,
    turn: 't_01J00000000000000000000000',
    with: null,
    inbox: readInbox(fleet.home, agent, {now: scene.clock.now(), boxes: []}),
    draft: new Draft(fleet.home.files),
    signal: new AbortController().signal,
    facts: NO_FACTS,
  }
  const {done, refusal} = await act({id: '1', tool: 'run', input: {command}}, [runTool], context)
  return done?.text ?? refusal ?? ''
}

function snapshot(dir: string): string {
  const folders = ['.mcos/people', '.mcos/keys']
    .map((folder) => join(dir, folder))
    .filter((folder) => existsSync(folder))
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => `${name} ${readFileSync(join(folder, name), 'utf8')}`))
    .join('\n')
}
