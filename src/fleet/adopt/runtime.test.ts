import {expect, test} from 'vitest'
import {findTraces, type MachineView, viewMachine} from './runtime.js'

const QUIET: MachineView = {processes: null, crontab: null, units: null, folders: [], isPortOpen: false}

function kinds(view: Partial<MachineView>): string[] {
  return findTraces({...QUIET, ...view}).map(({kind, fix}) => `${kind}: ${fix}`)
}

test.each([
  ['100 node /usr/lib/node_modules/openclaw/openclaw.mjs gateway', ['process: kill 100']],
  ['101 openclaw-gateway --port 18789', ['process: kill 101']],
  ['102 /usr/local/bin/clawdbot gateway', ['process: kill 102']],
  ['103 vim notes-about openclaw', []],
  ['104 grep openclaw', []],
  ['105 node server.js --name openclawish', []],
])('the process list %j', (processes, expected) => {
  expect(kinds({processes})).toEqual(expected)
})

test('crontab lines, services, an open port and settings are each told with what ends them', () => {
  expect(
    kinds({
      crontab: '# openclaw cron\n*/30 * * * * /usr/bin/openclaw heartbeat\n0 1 * * * backup',
      units: 'openclaw-gateway.service enabled enabled\ndbus.service static -',
      folders: ['/home/ada/.openclaw'],
      isPortOpen: true,
    }),
  ).toEqual([
    'crontab: crontab -e',
    'service: systemctl --user disable --now openclaw-gateway.service',
    'port: openclaw gateway stop',
    'settings: ls /home/ada/.openclaw',
  ])
})

test('a machine that can not be asked gives no sign and no error', async () => {
  const view = await viewMachine({PATH: '/nowhere', HOME: '/nowhere'})
  expect(view).toMatchObject({crontab: null, units: null, folders: []})
})
