/** Who starts heartbeats: systemd's timers, launchd's agents, cron's lines. */
export type ScheduleKind = 'systemd' | 'launchd' | 'cron'

/** Of one person, or of the machine, where it runs also when that person has never logged in. */
export type ScheduleScope = 'user' | 'system'

/** One schedule as it is to be written down; all paths are absolute and were looked at by insistOnWritable. */
export interface Schedule {
  readonly kind: ScheduleKind
  readonly scope: ScheduleScope
  /** The fleet's name, as mcos.yaml has it. */
  readonly fleet: string
  readonly home: string
  /** null: every agent of this machine. */
  readonly agent: string | null
  readonly everyMs: number
  readonly node: string
  /** bin/mcos.js. */
  readonly mcos: string
  /** The environment of the beat: this and nothing else. */
  readonly env: {readonly PATH: string; readonly HOME: string}
  /** As whom; only system units have to be told. */
  readonly user: string
  /** Secrets that systemd hands over, by name, and the file each lies in. */
  readonly credentials: readonly {readonly name: string; readonly file: string}[]
  /** Besides the home, what a beat has to change: the repository around it, folders of mail. */
  readonly writable: readonly string[]
}

/** A schedule that was found on this machine and beats this fleet. */
export interface InstalledSchedule {
  readonly kind: ScheduleKind
  readonly scope: ScheduleScope
  /** Absolute; of cron `crontab`, which only its own program opens. */
  readonly file: string
  /** In a crontab, from 1. */
  readonly line: number | null
  /** null: every agent. */
  readonly agent: string | null
  /** null: it is no span that `install` knows, but somebody's own calendar. */
  readonly everyMs: number | null
  /** Five cron fields that name the same moments in the machine's zone; null: unknown. */
  readonly cron: string | null
  /** The interpreter, or mcos itself where it is started by name. */
  readonly program: string
  readonly args: readonly string[]
  /** PATH and HOME as the schedule sets them; null: it doesn't. */
  readonly path: string | null
  readonly home: string | null
  /** Variables that a crontab sets above the line, by name. */
  readonly variables: readonly string[]
  /** Whether `install` wrote it; what a person wrote by hand is never changed. */
  readonly isOurs: boolean
  /** Whether `install` would write the same now, at this pace and for this agent. */
  readonly isCurrent: boolean
  /** null: only the scheduler itself knows. */
  readonly isEnabled: boolean | null
  /** Whether the scheduler ends everything that a beat has started together with it. */
  readonly hasControlGroup: boolean
  /** Whether a beat that hangs is ended. */
  readonly hasTimeout: boolean
}
