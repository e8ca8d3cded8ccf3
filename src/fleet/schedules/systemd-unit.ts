import {beatWords} from './beat-command.js'
import {onCalendarOf} from './every.js'
import type {Schedule} from './schedule.js'
import {systemdArgument, systemdValue, systemdWord} from './systemd-words.js'

/** The longest that one beat of all agents may take; what is ended there has kept its state and goes on at the next. */
const LONGEST = '1h'
/** Beats of many machines and fleets shall not all start in the same second. */
const MOST_DELAY_S = 60
const SECOND_MS = 1000

/** First line of each file of ours; the home says whose it is. */
function unitMark(home: string): string {
  return `# Written by mcos service for the fleet in ${home}; changes here are lost, those of systemctl edit are kept.`
}

/** Whose a unit file is; null: mcos did not write it. */
export function homeInMark(text: string): string | null {
  return /^# Written by mcos service for the fleet in (.+); changes here are lost/.exec(text)?.[1] ?? null
}

/** The .service file. */
export function formatService(schedule: Schedule): string {
  const {fleet, agent, home, env, scope, user, credentials} = schedule
  return lines([
    unitMark(home),
    '[Unit]',
    `Description=${systemdValue(`mcos heartbeat of ${agent ?? 'every agent'} in ${clean(fleet)}`)}`,
    ...(scope === 'system' ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    '',
    '[Service]',
    'Type=oneshot',
    ...(scope === 'system' ? [`User=${user}`] : []),
    `WorkingDirectory=${systemdValue(home)}`,
    `ExecStart=${execWords(schedule).map(systemdArgument).join(' ')}`,
    `Environment=${systemdWord(`PATH=${env.PATH}`)} ${systemdWord(`HOME=${env.HOME}`)}`,
    ...credentials.map(({name, file}) => `LoadCredential=${name}:${systemdValue(file)}`),
    'UMask=0077',
    '# Ended by a person or at the time-out it keeps its state and says 143.',
    'SuccessExitStatus=143',
    'KillMode=control-group',
    `TimeoutStartSec=${LONGEST}`,
    'TimeoutStopSec=30s',
    '',
    ...(scope === 'system' ? [...HARDENING, '', ...machineHardening(schedule)] : HARDENING),
  ])
}

/** The .timer file; what was missed while the machine was off is caught up once. */
export function formatTimer({fleet, agent, home, everyMs}: Schedule): string {
  const delay = Math.min(MOST_DELAY_S, Math.floor(everyMs / SECOND_MS / 10))
  return lines([
    unitMark(home),
    '[Unit]',
    `Description=${systemdValue(`When mcos beats ${agent ?? 'every agent'} in ${clean(fleet)}`)}`,
    '',
    '[Timer]',
    `OnCalendar=${onCalendarOf(everyMs)}`,
    'Persistent=true',
    `RandomizedDelaySec=${delay}s`,
    'FixedRandomDelay=true',
    'AccuracySec=1s',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ])
}

/**
 * What Node and the sandbox inside survive, for every user. Not here: MemoryDenyWriteExecute= (V8 compiles at run time),
 * RestrictNamespaces= and ProtectHostname= (the sandbox makes namespaces and names its host), ProtectKernelTunables= and
 * ProcSubset= (it sets and reads limits below /proc/sys).
 */
const HARDENING = [
  'NoNewPrivileges=yes',
  'RestrictSUIDSGID=yes',
  'RestrictRealtime=yes',
  'LockPersonality=yes',
  '# Netlink brings up the loopback of the sandbox.',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'SystemCallArchitectures=native',
  '# What the sandbox needs besides: mounts, and a name for its host.',
  'SystemCallFilter=@system-service @mount sethostname',
  'SystemCallErrorNumber=EPERM',
]

/** What only the machine's own systemd can do without a user namespace, in which ssh and sudo are lost. */
function machineHardening({home, user, writable}: Schedule): string[] {
  const places = [systemdWord(home), ...writable.map((place) => systemdWord(`-${place}`))]
  return [
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    `ReadWritePaths=${places.join(' ')}`,
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectKernelModules=yes',
    'ProtectControlGroups=yes',
    'ProtectClock=yes',
    'RemoveIPC=yes',
    'AmbientCapabilities=',
    // A root without capabilities can't give its sandbox any user, and everybody else has none to lose.
    ...(user === 'root' ? [] : ['CapabilityBoundingSet=']),
  ]
}

/** A program whose path has quotes or a dollar sign is refused by systemd; as an argument it may have them. */
function execWords(schedule: Schedule): string[] {
  const words = beatWords(schedule)
  return /^[\w./@+,: -]+$/.test(schedule.node) ? words : ['/usr/bin/env', ...words]
}

/** A backslash at the end of a line would take the next one in. */
function clean(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f\\]/g, ' ')
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
