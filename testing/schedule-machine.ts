import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {type ScheduleSite, scheduleSite} from '../src/app/schedules/site.js'
import type {Fleet} from '../src/workspace/fleet.js'
import {tempFolder} from './temp-folder.js'

/** A machine whose folders of schedules lie in a temporary one, with a crontab, systemctl and launchctl of its own. */
export interface ScheduleMachine {
  readonly site: ScheduleSite
  readonly dir: string
  /** Where its programs lie, for a PATH. */
  readonly bin: string
  crontab(): string | null
  setCrontab(text: string | Uint8Array): void
  /** As `systemctl enable` does. */
  enable(timer: string): void
  /** What systemctl, loginctl and launchctl were called with, in order. */
  calls(): string[]
}

/** Debian's crontab in short: a file, refused without its last newline. */
const CRONTAB = `#!/bin/sh
tab="$(dirname "$0")/../crontab"
case "$1" in
  -l) [ -f "$tab" ] || { echo "no crontab for ada" >&2; exit 1; }; cat "$tab" ;;
  -r) rm -f "$tab" ;;
  -) cat > "$tab.new"
     [ -z "$(tail -c 1 "$tab.new")" ] || { echo "new crontab file is missing newline before EOF, can't install." >&2; exit 1; }
     mv "$tab.new" "$tab" ;;
esac
`

/** Questions are no change, so they aren't noted. */
const NOTED = `#!/bin/sh
case "$*" in *show*|*list-timers*|print*) exit 0 ;; esac
echo "$(basename "$0") $*" >> "$(dirname "$0")/../calls"
`

const PROGRAMS = ['systemctl', 'loginctl', 'launchctl']

interface MachineKind {
  readonly platform?: NodeJS.Platform
  /** Those that answer nothing but a failure. */
  readonly failing?: readonly string[]
}

export function scheduleMachine(fleet: Fleet, {platform = 'linux', failing = []}: MachineKind = {}): ScheduleMachine {
  const dir = tempFolder()
  const bin = join(dir, 'bin')
  mkdirSync(bin)
  const install = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text)
    chmodSync(join(bin, name), 0o755)
  }
  install('crontab', CRONTAB)
  for (const name of PROGRAMS) install(name, failing.includes(name) ? '#!/bin/sh\nexit 1\n' : NOTED)
  const path = `${bin}:${process.env['PATH'] ?? ''}`
  const site = scheduleSite({
    ...fleet,
    env: {...fleet.env, PATH: path, HOME: dir, XDG_CONFIG_HOME: join(dir, '.config')},
  })
  return {
    site: {
      ...site,
      platform,
      folders: {
        ...site.folders,
        systemUnits: join(dir, 'etc/systemd/system'),
        cronFolders: [join(dir, 'etc/cron.d')],
        cronFile: join(dir, 'etc/crontab'),
      },
    },
    dir,
    bin,
    crontab: () => (existsSync(join(dir, 'crontab')) ? readFileSync(join(dir, 'crontab'), 'latin1') : null),
    setCrontab: (text) => writeFileSync(join(dir, 'crontab'), text),
    enable: (timer) => {
      const wants = join(dirname(timer), 'timers.target.wants')
      mkdirSync(wants)
      symlinkSync(timer, join(wants, basename(timer)))
    },
    calls: () => (existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n') : []),
  }
}
