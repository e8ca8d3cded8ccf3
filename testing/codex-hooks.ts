import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {HOSTS_BIN} from './needs.js'

/** A hook as Codex knows it: what a person trusts is this key with this hash. */
export interface CodexHook {
  readonly key: string
  readonly currentHash: string
}

/** What the real Codex takes each hook of a folder for, as its own /hooks would trust it. */
export async function codexHooks(folder: string, home: string): Promise<readonly CodexHook[]> {
  const env = {PATH: process.env['PATH'], HOME: home, CODEX_HOME: join(home, '.codex')}
  const server = spawn(join(HOSTS_BIN, 'codex'), ['app-server'], {env, stdio: ['pipe', 'pipe', 'ignore']})
  const say = (message: unknown) => server.stdin.write(`${JSON.stringify(message)}\n`)
  say({id: 1, method: 'initialize', params: {clientInfo: {name: 'test', version: '1'}}})
  try {
    for await (const line of createInterface({input: server.stdout})) {
      const {id, result} = JSON.parse(line)
      if (id === 1) {
        say({method: 'initialized'})
        say({id: 2, method: 'hooks/list', params: {cwds: [folder]}})
      } else if (id === 2) return result.data[0].hooks
    }
    throw new Error('codex app-server said nothing of hooks')
  } finally {
    server.kill()
  }
}
