import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {testNeeding} from '../../../testing/needs.js'
import {aSchedule} from '../../../testing/schedule.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {EVERY, onCalendarOf} from './every.js'
import {readService, readTimer} from './read-systemd-unit.js'
import type {Schedule} from './schedule.js'
import {formatService, formatTimer, homeInMark} from './systemd-unit.js'

test("a person's own service", () => {
  expect(formatService(aSchedule())).toMatchInlineSnapshot(`
    "# Written by mcos service for the fleet in /home/ada/northwind; changes here are lost, those of systemctl edit are kept.
    [Unit]
    Description=mcos heartbeat of every agent in northwind

    [Service]
    Type=oneshot
    WorkingDirectory=/home/ada/northwind
    ExecStart=/usr/bin/node /usr/lib/node_modules/mcos/bin/mcos.js heartbeat --home /home/ada/northwind --all
    Environment=PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/ada
    UMask=0077
    # Ended by a person or at the time-out it keeps its state and says 143.
    SuccessExitStatus=143
    KillMode=control-group
    TimeoutStartSec=1h
    TimeoutStopSec=30s

    NoNewPrivileges=yes
    RestrictSUIDSGID=yes
    RestrictRealtime=yes
    LockPersonality=yes
    # Netlink brings up the loopback of the sandbox.
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
    SystemCallArchitectures=native
    # What the sandbox needs besides: mounts, and a name for its host.
    SystemCallFilter=@system-service @mount sethostname
    SystemCallErrorNumber=EPERM
    "
  `)
})

test('a backslash at the end of a name takes no other line in', () => {
  const description = (unit: string) => unit.split('\n').find((line) => line.startsWith('Description='))
  const schedule = aSchedule({fleet: 'north\\', scope: 'system'})
  expect(description(formatService(schedule))?.endsWith('\\')).toBe(false)
  expect(description(formatTimer(schedule))?.endsWith('\\')).toBe(false)
})

test('its timer', () => {
  expect(formatTimer(aSchedule())).toMatchInlineSnapshot(`
    "# Written by mcos service for the fleet in /home/ada/northwind; changes here are lost, those of systemctl edit are kept.
    [Unit]
    Description=When mcos beats every agent in northwind

    [Timer]
    OnCalendar=*-*-* *:00/30:00
    Persistent=true
    RandomizedDelaySec=60s
    FixedRandomDelay=true
    AccuracySec=1s

    [Install]
    WantedBy=timers.target
    "
  `)
})

test("the machine's service runs as the home's owner, may change only what a beat changes, and is handed its secrets", () => {
  const text = formatService(
    aSchedule({
      scope: 'system',
      agent: 'donna',
      credentials: [{name: 'TELEGRAM', file: '/etc/credstore/TELEGRAM'}],
      writable: ['/home/ada/Mail/IN BOX'],
    }),
  )
  expect(text).toContain('\nUser=ada\n')
  expect(text).toContain('\nLoadCredential=TELEGRAM:/etc/credstore/TELEGRAM\n')
  expect(text).toContain('\nReadWritePaths=/home/ada/northwind "-/home/ada/Mail/IN BOX"\n')
  expect(text).toContain('\nProtectHome=read-only\n')
  expect(text).not.toContain('MemoryDenyWriteExecute')
})

test('whatever a folder is called, the service reads back', () => {
  const names = fc.string({unit: fc.constantFrom(..."aé %$'&;|<>()*?#!~`{}[]=:,-".split('')), maxLength: 12})
  fc.assert(
    fc.property(names, fc.constantFrom(null, 'donna'), (name, agent) => {
      const home = `/x${name}x`
      const text = formatService(aSchedule({home, agent, env: {PATH: `${home}:/bin`, HOME: home}}))
      expect(readService(text)).toMatchObject({
        ...{program: '/usr/bin/node', home, agents: agent === null ? [] : [agent]},
        ...{path: `${home}:/bin`, userHome: home, isOurs: true, hasControlGroup: true, hasTimeout: true},
      })
      expect(homeInMark(text)).toBe(home)
    }),
    {numRuns: 300},
  )
})

test('what a person wrote is read for what it does', () => {
  const own = '[Service]\nExecStart=-/usr/bin/mcos heartbeat \\\n  --home "/f"\nKillMode=process\n'
  expect(readService(own)).toMatchObject({home: '/f', isOurs: false, hasControlGroup: false, hasTimeout: false})
  expect(readService('[Service]\nExecStart=/usr/bin/true\n')).toBeNull()
  expect(readTimer('[Timer]\nOnBootSec=5m\n')).toBeNull()
})

const withSystemd = testNeeding('systemd-analyze')

withSystemd('systemd finds nothing to say against the units, whatever the home is called', () => {
  for (const scope of ['user', 'system'] as const) {
    for (const name of ['plain', "a b % $HOME 'q' ü"]) {
      const {service, timer} = written({scope, agent: name === 'plain' ? null : 'donna'}, name)
      const said = spawnSync('systemd-analyze', ['verify', service, timer], {encoding: 'utf8'})
      expect(`${said.stdout}${said.stderr}`).toBe('')
      expect(said.status).toBe(0)
    }
  }
})

withSystemd('systemd reads each pace as the calendar that it is written as', () => {
  const calendars = EVERY.map(onCalendarOf)
  const told = execFileSync('systemd-analyze', ['calendar', ...calendars], {encoding: 'utf8'})
  const normal = [...told.matchAll(/Normalized form: (.*)/g)].map(([, form]) => form)
  expect(normal).toEqual(calendars)
})

withSystemd("exposed by systemd's own measure: a person's unit at most 7.5, the machine's at most 4 of 10", () => {
  expect(exposure({scope: 'user'})).toBeLessThanOrEqual(7.5)
  expect(exposure({scope: 'system'})).toBeLessThanOrEqual(4)
})

function exposure(part: Partial<Schedule>): number {
  const told = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', written(part).service], {
    encoding: 'utf8',
  })
  return Number(/exposure level for .*: ([\d.]+)/.exec(told)?.[1] ?? Number.NaN)
}

/** On disk, with a Node and an mcos that are there: systemd looks. */
function written(part: Partial<Schedule>, name = 'plain'): {service: string; timer: string} {
  const dir = tempFolder()
  const home = join(dir, name)
  mkdirSync(home)
  const node = join(home, 'node')
  writeFileSync(node, '#!/bin/sh\n')
  chmodSync(node, 0o755)
  const schedule = aSchedule({...part, home, node, mcos: join(home, 'mcos.js'), user: 'root'})
  const [service, timer] = [join(dir, 'mcos-northwind.service'), join(dir, 'mcos-northwind.timer')]
  writeFileSync(service, formatService({...schedule, user: part.scope === 'system' ? 'daemon' : 'root'}))
  writeFileSync(timer, formatTimer(schedule))
  return {service, timer}
}
