import {chmodSync, mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {scanForCommit} from '../src/app/secrets/gate.js'
import {agentToken} from '../src/bus/agent-token.js'
import {secretInCall} from '../src/turn/model-secrets.js'
import {findSecret} from '../src/turn/tools/secrets.js'
import {openToolScene, type ToolScene} from '../testing/tool-scene.js'
import {dice} from './dice.js'
import {type Form, PLAIN, TAKEN_APART} from './secrets-forms.js'
import {ORDINARY} from './secrets-lines.js'
import {OWN, type Random, randomBy, VENDORS} from './secrets-vendors.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

interface Planted {
  readonly name: string
  readonly isOwn: boolean
  readonly secret: string
  readonly said: string
}

const LINES_A_SECRET = 25
const LINES_A_FILE = 120
/** The targets of docs: of everybody's, of the fleet's own, and of ordinary lines. */
const FOUND = 0.95
const FALSE = 0.01

/** `rounds` secrets among 25 times as many ordinary lines, and whether the gates see each, and nothing else. */
export const torture: Torture = {
  what: 'secrets in ordinary and encoded form, at commit and at send',
  shortRounds: 220,
  longRounds: 1000,
  async run({rounds, seed}) {
    const random = randomBy(dice(seed))
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-secrets-')))
    try {
      return await play(dir, {rounds: Math.max(rounds, 40), random})
    } finally {
      rmSync(dir, {recursive: true, force: true})
    }
  },
}

async function play(dir: string, {rounds, random}: {rounds: number; random: Random}): Promise<TortureReport> {
  const own = ownSecrets(Math.ceil(rounds * 0.4), random)
  const tools = await openFleet(dir, own)
  const planted = [...plantOwn(own, tools, random), ...plantVendors(rounds - own.length, random)]
  const ordinary = Array.from({length: planted.length * LINES_A_SECRET}, () => {
    const [name, make] = random.dice.pick(Object.entries(ORDINARY))
    return {name, text: make(random)}
  })
  const wrongs = new Wrongs()
  const atCommit = await commitAll(tools, {planted, ordinary})
  const atSend = await sendAll(tools, {planted, ordinary})
  const counts: Record<string, number | string> = {
    secrets: planted.length,
    'of them the fleet’s own': planted.filter(({isOwn}) => isOwn).length,
    'ordinary lines': ordinary.length,
  }
  for (const [where, {missed, falsely}] of Object.entries({commit: atCommit, send: atSend})) {
    const ownMissed = missed.filter(({isOwn}) => isOwn)
    const others = planted.filter(({isOwn}) => !isOwn).length
    const othersMissed = missed.length - ownMissed.length
    counts[`found at ${where}`] = `${planted.length - missed.length} (${percent(1 - missed.length / planted.length)})`
    counts[`own found at ${where}`] = percent(1 - ownMissed.length / (planted.length - others))
    counts[`others’ found at ${where}`] = percent(1 - othersMissed / others)
    counts[`false at ${where}`] = `${falsely.length} (${percent(falsely.length / ordinary.length)})`
    for (const {name} of ownMissed) wrongs.add(`${where}: one of the fleet's own was missed: ${name}`)
    if (missed.length > planted.length * (1 - FOUND)) wrongs.add(`${where}: too few found`)
    if (othersMissed > others * (1 - FOUND)) wrongs.add(`${where}: too few of others' found`)
    if (falsely.length > ordinary.length * FALSE)
      wrongs.add(`${where}: too many ordinary lines: ${falsely.slice(0, 5)}`)
    for (const {name} of missed.slice(0, 5))
      counts[`missed at ${where}: ${name}`] = missed.filter((one) => one.name === name).length
    for (const name of new Set(falsely))
      counts[`false at ${where}: ${name}`] = falsely.filter((one) => one === name).length
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

interface Seen {
  readonly missed: readonly Planted[]
  /** Names of the kinds of lines that were taken for secrets and are none. */
  readonly falsely: readonly string[]
}

interface Lines {
  readonly planted: readonly Planted[]
  readonly ordinary: readonly {readonly name: string; readonly text: string}[]
}

/** Files of many lines with secrets among them, as a person is about to commit them. */
async function commitAll({context}: ToolScene, {planted, ordinary}: Lines): Promise<Seen> {
  const rows = ordinary.flatMap((line, index) => {
    const secret = index % LINES_A_SECRET === 7 ? planted[Math.floor(index / LINES_A_SECRET)] : undefined
    return [{...line, secret: null}, ...(secret ? [{name: secret.name, text: secret.said, secret}] : [])]
  })
  const seen = new Set<Planted>()
  const falsely: string[] = []
  for (let from = 0; from < rows.length; from += LINES_A_FILE) {
    const part = rows.slice(from, from + LINES_A_FILE)
    const owners = part.flatMap((row) => row.text.split('\n').map(() => row))
    const content = Buffer.from(part.map(({text}) => text).join('\n'))
    for (const {line} of await scanForCommit(context.fleet, [{path: `notes-${from}.md`, content}])) {
      const row = owners[line - 1]
      if (row?.secret) seen.add(row.secret)
      else falsely.push(row?.name ?? 'no line')
    }
  }
  return {missed: planted.filter((one) => !seen.has(one)), falsely}
}

/** Every text by itself, as a model sends it to another agent. */
async function sendAll({context, call}: ToolScene, {planted, ordinary}: Lines): Promise<Seen> {
  const isRefused = async (text: string): Promise<boolean> =>
    findSecret(text, context.fleet) !== null || (await secretInCall({to: 'jarvis', text}, context.fleet)) !== null
  const missed: Planted[] = []
  for (const one of planted) {
    if (!(await isRefused(one.said))) missed.push(one)
    // The tool itself has the quick pass, which alone has to know all that is the fleet's own.
    else if (one.isOwn && (await call('message_send', {to: 'jarvis', text: one.said})).refusal === null)
      missed.push(one)
  }
  const falsely: string[] = []
  for (const {name, text} of ordinary) if (await isRefused(text)) falsely.push(name)
  return {missed, falsely}
}

function ownSecrets(count: number, random: Random): {name: string; secret: string}[] {
  return Array.from({length: count}, () => {
    const [name, make] = random.dice.pick(Object.entries(OWN))
    return {name, secret: make(random)}
  })
}

/** Half of them in the environment, half in files that mcos.yaml refers to. */
function openFleet(dir: string, own: readonly {readonly secret: string}[]): Promise<ToolScene> {
  const env: Record<string, string> = {}
  const engines = own.map(({secret}, at) => {
    if (at % 2 === 0) env[`OWN_${at}`] = secret
    const key = at % 2 === 0 ? `env:OWN_${at}` : `file:${dir}/.mcos/own-${at}`
    return `  e${at}: { kind: openai, base_url: "http://127.0.0.1:9", model: m, key: ${JSON.stringify(key)} }\n`
  })
  return openToolScene({
    dir,
    env,
    before: (scene) => {
      own.forEach(({secret}, at) => {
        if (at % 2 === 0) return
        scene.write(`.mcos/own-${at}`, `${secret}\n`)
        chmodSync(`${dir}/.mcos/own-${at}`, 0o600)
      })
      scene.write('mcos.yaml', `version: 1\nname: northwind\nengines:\n${engines.join('')}`)
    },
  })
}

function plantOwn(own: readonly {name: string; secret: string}[], {scene}: ToolScene, random: Random): Planted[] {
  const forms = Object.entries({...PLAIN, ...TAKEN_APART})
  const keys = ['donna', 'jarvis'].flatMap((agent) => {
    const pem = scene.read(`.mcos/keys/${agent}.key`)
    return [
      {name: 'key of an agent', secret: pem.split('\n')[1] ?? ''},
      {name: 'token of an agent', secret: agentToken(pem)},
    ]
  })
  return [...own, ...keys].map(({name, secret}, at) => {
    const [how, form] = forms[at % forms.length] as [string, Form]
    return {name: `${name} ${how}`, isOwn: true, secret, said: form(secret, random.dice)}
  })
}

function plantVendors(count: number, random: Random): Planted[] {
  const [makers, forms] = [Object.entries(VENDORS), Object.entries(PLAIN)]
  return Array.from({length: Math.max(count, makers.length)}, (_, at) => {
    const [name, make] = makers[at % makers.length] as [string, (random: Random) => string]
    const [how, form] = random.dice.pick(forms)
    const secret = make(random)
    return {name: `${name} ${how}`, isOwn: false, secret, said: form(secret, random.dice)}
  })
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`
}
