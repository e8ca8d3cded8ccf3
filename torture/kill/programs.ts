import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** crontab as Debian has it, in short: a file that is replaced whole. */
const CRONTAB = `case "$1" in
  -l) [ -f "$HOME/crontab" ] || { echo "no crontab for ada" >&2; exit 1; }; cat "$HOME/crontab" ;;
  -r) rm -f "$HOME/crontab" ;;
  -) cat > "$HOME/bin/crontab.new"; mv "$HOME/bin/crontab.new" "$HOME/crontab" ;;
esac`

/** What runs is a file, so that a round shows whether a timer that is there also runs; what it has read of a unit that doesn't run counts for nobody. */
const SYSTEMCTL = `units="$HOME/.config/systemd/user"
state="$HOME/systemd"
read="$HOME/bin/read"
mkdir -p "$state" "$read"
for unit; do :; done
case "$*" in
  *daemon-reload) rm -f "$read"/*; cp "$units"/mcos-* "$read/" 2>/dev/null || true ;;
  *"enable mcos"*) mkdir -p "$units/timers.target.wants"; ln -sf "$units/$unit" "$units/timers.target.wants/$unit" ;;
  *disable*) [ -f "$units/$unit" ] || { echo "Unit file $unit does not exist." >&2; exit 1; }
     rm -f "$units/timers.target.wants/$unit" "$state/active-$unit" ;;
  *restart*) cp "$read/$unit" "$state/active-$unit" ;;
  *NeedDaemonReload*) echo NeedDaemonReload=no; echo ActiveState=inactive; echo
     cmp -s "$units/$unit" "$read/$unit" && echo NeedDaemonReload=no || echo NeedDaemonReload=yes
     [ -f "$state/active-$unit" ] && echo ActiveState=active || echo ActiveState=inactive ;;
esac`

/** One file is what it has loaded of an agent. */
const LAUNCHCTL = `state="$HOME/launchd"
mkdir -p "$state"
case "$1" in
  bootstrap) [ ! -e "$state/$(basename "$3")" ] || { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }; cp "$3" "$state/" ;;
  bootout) [ -e "$state/$(basename "$3")" ] || { echo "Boot-out failed: 3: No such process" >&2; exit 3; }; rm "$state/$(basename "$3")" ;;
  print) [ -e "$state/\${2##*/}.plist" ] || { echo "Could not find service" >&2; exit 113; } ;;
esac`

/** Programs of a machine that a person's commands would change, and which keep what they are told in that person's folder. */
export function installPrograms(person: string): void {
  const bin = join(person, 'bin')
  mkdirSync(bin, {recursive: true})
  const programs = {crontab: CRONTAB, systemctl: SYSTEMCTL, launchctl: LAUNCHCTL, loginctl: ':'}
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
}
