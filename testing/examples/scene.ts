import {mkdirSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {copyFolder} from '../copy-folder.js'
import {SERVICES, type Service} from '../docs/services.js'
import {Shell, type Typed} from '../docs/shell.js'
import {MAILBOX, PROPOSED} from '../docs/typed.js'
import {startTelegramServer} from '../telegram-server/server.js'

/** A fleet in which something of everything lies, made once; each example gets a copy of its own. */
export interface Scene {
  /** Types one example in the fleet's home, with the sample ids put right. */
  run(example: string, how: How): Promise<Typed>
  close(): Promise<void>
}

/** Programs that would reach out of the scene are the scene's own. */
const PATHS = 'export PATH=~/bin:$PATH DONNA_KEY=sk-ant-api03-donnas'

const FILES = `${MAILBOX}
mkdir -p ~/Mail/home/new ~/Mail/home/cur ~/Mail/home/tmp ~/code ~/.openclaw/workspace
git init -q -b main ~/code/app
git -C ~/code/app -c user.name=Ada -c user.email=ada@example.com commit -q --allow-empty -m Begin
printf '# Clawd\\n\\nYou look after the app.\\n' > ~/.openclaw/workspace/SOUL.md
printf '## Every heartbeat\\n- Check https://status.example.com/health\\n' > ~/.openclaw/workspace/HEARTBEAT.md
mkdir -p ~/bin
printf '#!/bin/sh\\necho a-value-of-pass\\n' > ~/bin/pass
printf '#!/bin/sh\\ncase "$1" in -l) cat ~/crontab ;; *) cat "\${1:--}" > ~/crontab ;; esac\\n' > ~/bin/crontab
printf '#!/bin/sh\\nexit 0\\n' | tee ~/bin/systemctl > ~/bin/loginctl
: > ~/crontab
chmod +x ~/bin/*
mkdir -p ~/.config/fish/completions
${PATHS}
`

const FLEET = `
mcos init fleet my-fleet --template mission-control --person ada --name northwind
cd my-fleet
cat >> mcos.yaml <<'END'
mail:
  accounts:
    work: { kind: maildir, path: ~/Mail/work, addresses: [ada@example.com], agent: donna, escalate: jarvis }
    home: { kind: maildir, path: ~/Mail/home, agent: donna }
END
sed -i 's/^people:$/people:\\n  ben: { approves: [all], via: [terminal, "telegram:42"] }/' mcos.yaml
printf '\\n## Backup (every hour)\\n\`run: test -e backup.done\`\\n' >> workspaces/gene/HEARTBEAT.md
${PROPOSED}
mcos alert raise P3 "A key was pushed" --as gene
mcos message send donna "Please call Ms Bell."
mcos message send donna "And Acme."
mcos heartbeat donna
mcos message send donna "Then write it down."
mcos memory add donna "Invoices of Acme go to Ben" --topic Invoices
sed -i '/^engines:$/,/^routes:/d' mcos.yaml
printf 'report\\n' > report.md
printf 'scan\\n' > scan.txt
cp report.md workspaces/gene/backup.done
printf 'Say it\\n' > .git/COMMIT_EDITMSG
printf '{"hook_event_name":"PreToolUse","session_id":"s1","cwd":"%s","tool_name":"Read","tool_input":{"file_path":"SOUL.md"},"transcript_path":"%s"}' "$PWD/workspaces/donna" "$PWD/transcript.jsonl" > event.json
printf '{"type":"user","message":{"role":"user","content":"Write the letter."}}\\n' > transcript.jsonl
: > refs
cd workspaces/donna
echo '{"hook_event_name":"SessionStart","session_id":"s1","cwd":"'$PWD'"}' | mcos hook session-start
cd ../..
`

/** The sample ids of the examples, and what stands for them here: a command, then a path into its JSON. */
const WORDS: readonly (readonly [pattern: RegExp, command: string, path: string])[] = [
  [/\bt_01JD\b/g, 'history donna', 'turns.0.turn'],
  [/(?<=approve \w+ )01KAJ\b/g, 'approve list', 'approvals.0.id'],
  [/(?<=alert \w+ )01KAJ\b/g, 'alert list', 'alerts.0.id'],
  [/\b01K9\b/g, 'message list --all', 'messages.0.id'],
  [/\bm_7k3f\b/g, 'email triage', 'verdicts.0.id'],
]

/** What an example needs that is more than the fleet. */
export interface How {
  /** Typed before it. */
  readonly first?: string
  /** Whether it goes on until Ctrl-C. */
  readonly interrupted?: boolean
}

export async function openScene(): Promise<Scene> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-examples-')))
  const services: Service[] = []
  try {
    const model = await SERVICES['key']?.()
    services.push(...(model ? [model] : []), await openTelegram())
    const env = Object.assign({}, ...services.map((service) => service.env))
    const golden = shellIn(join(dir, 'golden'), env)
    const config = services.map(({yaml}) => yaml).join('')
    await insist(golden, `set -e\n${FILES}`)
    await insist(
      golden,
      `set -e\n${FLEET}\ncat >> mcos.yaml <<'END'\n${config}END\nmcos commit\nmcos run donna "What is open?"\ngit gc -q --prune=now`,
    )
    const words: string[] = []
    for (const [, command, path] of WORDS) words.push(await idOf(golden, command, path))
    let count = 0
    return {
      run: async (example, {first = '', interrupted = false}) => {
        const own = join(dir, String(count++))
        await copyFolder(join(dir, 'golden'), own)
        const shell = shellIn(own, env)
        const fleet = join(own, 'home/my-fleet')
        const line = `${PATHS}\ncd '${fleet}'\n${first}\n${example}`
        const typed = WORDS.reduce((rest, [pattern], index) => rest.replaceAll(pattern, words[index] ?? ''), line)
        try {
          return await shell.type(typed.replaceAll(/\/srv\/[\w-]+/g, fleet), {isInterrupted: interrupted})
        } finally {
          await rm(own, {recursive: true, force: true, maxRetries: 3})
        }
      },
      close: async () => {
        for (const service of services) await service.close()
        rmSync(dir, {recursive: true, force: true, maxRetries: 3})
      },
    }
  } catch (error) {
    for (const service of services) await service.close()
    rmSync(dir, {recursive: true, force: true, maxRetries: 3})
    throw error
  }
}

/** A bot whose token looks like one. */
async function openTelegram(): Promise<Service> {
  const token = `123456789:AA${'bC3dE'.repeat(7).slice(0, 33)}`
  const {url, close} = await startTelegramServer({token, chats: ['42']})
  const yaml = `channels:\n  founders: { kind: telegram, token: env:TELEGRAM_TOKEN, chat: "42", base_url: "${url}" }\n`
  return {env: {TELEGRAM_TOKEN: token}, yaml, close}
}

function shellIn(dir: string, env: Readonly<Record<string, string>>): Shell {
  for (const folder of ['home', 'notes']) mkdirSync(join(dir, folder), {recursive: true})
  const shell = new Shell(join(dir, 'home'), join(dir, 'notes'))
  for (const [name, value] of Object.entries(env)) shell.set(name, value)
  return shell
}

async function insist(shell: Shell, text: string): Promise<void> {
  const {code, output} = await shell.type(text)
  if (code !== 0) throw new Error(`the fleet of the examples could not be made (${code}):\n${output}`)
}

async function idOf(shell: Shell, command: string, path: string): Promise<string> {
  const {output} = await shell.type(`mcos ${command} --json`)
  let value: unknown = JSON.parse(output)
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key]
  if (typeof value !== 'string') throw new Error(`mcos ${command} --json has no ${path}:\n${output}`)
  return value
}
