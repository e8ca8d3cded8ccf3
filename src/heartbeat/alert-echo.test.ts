import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {type Line, openJudge} from '../../testing/judge.js'
import {alertFilesOf, readAlerts} from '../alerts/read-alerts.js'
import {rulesEngine} from '../engines/rules.js'
import {readGates} from '../turn/alerts/gates.js'
import {parseMessage} from '../workspace/message-file.js'

const AT = '2026-11-21T08:30:00Z'
const OTHERS = ['atlas', 'flow', 'gene', 'iris', 'kit']
const LOOK = '## Look (every heartbeat)\nLook around.\n'

/** A page that is stale by its own words, from a server whose clock is right. */
async function statusPage(now: () => number): Promise<number> {
  const server = createServer((_, response) => {
    response.setHeader('date', new Date(now()).toUTCString())
    response.end('All systems down. Last update 4 h ago.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function soul(port: number): string {
  return `---\nreports_to: jarvis\ncontract:\n  reads: [wiki/**]\n  hosts: ["127.0.0.1:${port}"]\n  may: [message, alert.P3, alert.P1]\n---\n# Agent\n`
}

function says(...calls: {tool: string; input: Record<string, unknown>}[]): Line {
  return {calls: calls.map((call, place) => ({id: String(place), ...call}))}
}

test('five echoes of one who has read a stale page are no P1: one question, one alert, and nobody else is told', async () => {
  let now = () => Date.parse(AT)
  const port = await statusPage(() => now())
  const names = ['donna', ...OTHERS]
  const scene = openScene({
    at: AT,
    files: {
      'mcos.yaml': `version: 1\nname: northwind\nengines:\n  local: { kind: openai, base_url: "http://127.0.0.1:${port}/v1", model: m }\n`,
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`workspaces/${name}/SOUL.md`, soul(port)],
          [`workspaces/${name}/HEARTBEAT.md`, LOOK],
        ]),
      ),
      'workspaces/jarvis/SOUL.md':
        '---\ncontract: { may: [alert.confirm] }\nescalation: { confirms: [P1, P0] }\n---\n# Jarvis\n',
    },
  })
  now = scene.clock.now
  for (const name of OTHERS) scene.addKey(name)
  scene.commitAll()
  const beat = async (name: string, lines: readonly Line[]) => {
    const judge = openJudge('claude', lines)
    const [report] = (await scene.beat([name], {engines: [judge, rulesEngine], isForced: true})).report.agents
    return {report, prompt: judge.prompts.map(({prefix}) => prefix).join('\n')}
  }
  const page = {tool: 'http_get', input: {url: `http://127.0.0.1:${port}/`}}
  const alarm = {level: 'P1', title: 'All systems down, last update 4 h ago', evidence: ['the status page says so']}
  await beat('donna', [says(page), says({tool: 'alert_raise', input: alarm}), {text: 'Raised.'}])
  for (const [place, name] of OTHERS.entries()) {
    scene.clock.advance(60_000)
    const echo = {
      level: 'P1',
      title: `All systems down, last update ${place + 5} h ago!`,
      evidence: [place % 2 === 0 ? 'donna says so' : 'status page: last update 4 h ago'],
    }
    const {prompt} = await beat(name, [says({tool: 'alert_raise', input: echo}), {text: 'Raised.'}])
    expect(prompt).not.toContain('All systems down')
  }
  const fleet = await scene.open()
  const {cases} = readAlerts(alertFilesOf(fleet.home.files), await readGates(fleet))
  expect(cases.map(({state}) => [state.status, state.level, state.confirmed, state.repeats])).toEqual([
    ['hypothesis', 'P1', null, 5],
  ])
  expect(
    cases[0]?.events
      .filter(({repeat}) => repeat)
      .map(({by}) => by)
      .sort(),
  ).toEqual(OTHERS)
  expect(names.map((name) => scene.list(`workspaces/${name}/inbox/new`).length)).toEqual(names.map(() => 0))
  const letters = scene.list('workspaces/jarvis/inbox/new')
  expect(letters).toHaveLength(1)
  const letter = parseMessage(scene.read(`workspaces/jarvis/inbox/new/${letters[0]}`), 'letter')
  expect(letter).toMatchObject({from: 'donna', taint: `http://127.0.0.1:${port}/`})

  // Who has nothing but that letter to go by has heard the same, and counts as one with it.
  const id = cases[0]?.alert.id ?? ''
  scene.write('workspaces/jarvis/HEARTBEAT.md', '## Every heartbeat\n- Messages `inbox`\n')
  const {report} = await beat('jarvis', [says({tool: 'alert_confirm', input: {id}}), {text: 'Confirmed.'}])
  expect(report?.alerts).toEqual([])
  const after = readAlerts(alertFilesOf(fleet.home.files), await readGates(fleet)).cases[0]
  expect(after?.state).toMatchObject({status: 'hypothesis', confirmed: null})
  expect(after?.state.refused.map(({reason}) => reason)).toEqual([expect.stringContaining('counts as one with it')])
})
