import type {Hand} from './planting.js'

/** One thing that people break in the folder of one agent; each has an agent of its own, so all are planted at once. */
export interface AgentFault {
  /** What has happened, in a sentence. */
  readonly name: string
  /** Of whose texts the agent is made. */
  readonly like?: 'gene' | 'donna'
  /** Breaks it; `at` gives a path below the agent's folder. */
  plant(hand: Hand, at: (path: string) => string): void
  /** What a fair diagnosis has to contain, each of them, besides the agent's name. */
  readonly about: readonly (string | RegExp)[]
  /** Whether nothing is committed of it. */
  readonly isLeft?: true
}

const SOUL = 'SOUL.md'
const BEAT = 'HEARTBEAT.md'

type Plant = AgentFault['plant']

const edit =
  (file: string, from: string, to: string): Plant =>
  (hand, at) =>
    hand.edit(at(file), from, to)

const add =
  (file: string, text: string): Plant =>
  (hand, at) =>
    hand.append(at(file), text)

const contract = (key: string, value: string): Plant => {
  return ({read, write}, at) => {
    const text = read(at(SOUL))
    write(at(SOUL), text.replace(new RegExp(`^  ${key}: .*$`, 'm'), `  ${key}: ${value}`))
  }
}

/** What contracts, checks and folders of agents can hold that is wrong; written before the doctor was read. */
export const AGENT_FAULTS: readonly AgentFault[] = [
  {
    name: 'A word under may is misspelt',
    plant: edit(SOUL, 'may: [message', 'may: [mesage'),
    about: ['mesage', 'message'],
  },
  {
    name: 'A verb of a known kind is made up',
    plant: contract('may', '[message, mail.annihilate]'),
    about: ['mail.annihilate'],
  },
  {name: 'A repository of a contract is gone', plant: contract('repos', "['/opt/none/app']"), about: ['/opt/none/app']},
  {
    name: 'The same word is under may and under never',
    plant: contract('may', '[message, shell]'),
    about: ['shell', 'never'],
  },
  {
    name: 'A folder stands where a pattern was meant',
    like: 'gene',
    plant: ({edit}, at) => edit(at(SOUL), '/**', ''),
    about: ['/**', 'nothing in it'],
  },
  {
    name: "A contract names the folder of somebody who isn't there",
    plant: contract('reads', "['workspaces/dona/**']"),
    about: ['dona', 'donna'],
  },
  {
    name: 'A host has a scheme',
    plant: contract('hosts', "['https://status.example.com/']"),
    about: ['https://status.example.com/', 'say status.example.com'],
  },
  {name: 'A contract opens every folder', plant: contract('writes', "['**']"), about: ['**']},
  {name: 'A contract has an unknown key', plant: edit(SOUL, '  writes:', '  wirtes:'), about: ['wirtes']},
  {
    name: 'The head of a SOUL.md is never closed',
    plant: ({read, write}, at) => write(at(SOUL), read(at(SOUL)).replace('\n---\n', '\n')),
    about: ['contract'],
  },
  {
    name: 'A cadence is no cadence',
    like: 'donna',
    plant: edit(BEAT, '(weekly fri 15:00)', '(every now and then)'),
    about: ['every now and then'],
  },
  {
    name: 'A date that no year has',
    like: 'gene',
    plant: edit(BEAT, '## Backups (daily 06:00)', '## Backups\n<!-- cron: 0 0 30 2 * -->'),
    about: ['never due'],
  },
  {name: 'A probe is misspelt', like: 'gene', plant: edit(BEAT, '`inbox`', '`inbocks`'), about: ['inbocks']},
  {
    name: 'An address has lost a slash',
    plant: add(BEAT, '\n## App (hourly)\n- `http https:/app.example.com/health`\n'),
    about: ['https:/app.example.com'],
  },
  {
    name: 'A pattern is seen from the wrong folder',
    plant: add(BEAT, '\n## Files (hourly)\n- `files workspaces/donna/*.md`\n'),
    about: ['../donna/*.md'],
  },
  {
    name: 'A probe names a mail account that is not there',
    plant: add(BEAT, '\n## Mail (hourly)\n- `mail wrok`\n'),
    about: ['wrok', 'no such account'],
  },
  {
    name: 'Every check is ticked',
    plant: ({write}, at) => write(at(BEAT), '# HEARTBEAT.md\n\n## Every heartbeat (disabled)\n- `inbox`\n'),
    about: ['every check is off'],
  },
  {
    name: 'The quiet hours are no hours',
    like: 'gene',
    plant: edit(BEAT, 'Quiet hours: 22:00-07:00', 'Quiet hours: 00:00-24:00'),
    about: [':3', 'quiet'],
  },
  {
    name: 'A check is due only while all is quiet',
    like: 'gene',
    plant: edit(BEAT, '## Backups (daily 06:00)', '## Backups (daily 03:00)\n<!-- mcos: missed=skip -->'),
    about: ['03:00', 'never asked'],
  },
  {
    name: 'A bound that nothing passes',
    like: 'gene',
    plant: edit(BEAT, 'disk / < 90%', 'disk / < 900%'),
    about: ['900%'],
  },
  {
    name: 'A check is quicker than its schedule',
    plant: add(BEAT, '\n## Fast (every 2 minutes)\n- `disk / < 95%`\n'),
    about: ['2m', '30m'],
  },
  {
    name: 'A check is let go before the next beat',
    like: 'donna',
    plant: edit(BEAT, 'missed=within:2h', 'missed=within:1m'),
    about: ['1m', '30m'],
  },
  {
    name: 'Something that is no message lies in an inbox',
    plant: ({write}, at) => write(at('inbox/new/note.txt'), 'hi\n'),
    about: ['note.txt'],
  },
  {
    name: 'A log is of a day to come',
    plant: ({write}, at) => write(at('memory/2999-01-01.md'), '- x\n'),
    about: ['2999-01-01.md'],
  },
  {
    name: 'A conflicted copy lies beside its file',
    plant: ({write}, at) => write(at('MEMORY (conflicted copy 2026-11-20).md'), '- x\n'),
    about: ['conflicted copy'],
  },
  {
    name: 'A merge tool has left the original',
    plant: ({write}, at) => write(at('SOUL.md.orig'), '# x\n'),
    about: ['SOUL.md.orig'],
  },
  {
    name: 'Two names differ by case only',
    plant: ({write}, at) => {
      write(at('notes.txt'), 'x')
      write(at('Notes.txt'), 'y')
    },
    about: [/[nN]otes\.txt/],
  },
  {
    name: 'Windows can not hold a name',
    plant: ({write}, at) => write(at('what: now?.md'), 'x\n'),
    about: ['what: now?.md', 'Windows'],
  },
  {
    name: 'Claude Code asks nobody',
    plant: ({write}, at) =>
      write(at('.claude/settings.local.json'), '{"permissions":{"defaultMode":"bypassPermissions"}}'),
    about: ['bypassPermissions'],
  },
  {
    name: 'An edit waits for days',
    plant: ({append, age}, at) => {
      append(at('AGENTS.md'), '- more\n')
      age(at('AGENTS.md'), 9)
    },
    about: ['9 days'],
    isLeft: true,
  },
  {
    name: 'Its memory is a file',
    plant: ({write, remove, list}, at) => {
      if (list(at('')).includes('memory')) remove(at('memory'))
      write(at('memory'), 'x')
    },
    about: ['memory', 'no folder'],
  },
  {
    name: 'The SOUL.md is a link out of the fleet',
    plant: ({remove, link}, at) => {
      remove(at(SOUL))
      link(at(SOUL), '/var/lib/elsewhere/SOUL.md')
    },
    about: ['SOUL.md', /link/],
  },
  {
    name: 'It is parked, and mail waits for it',
    plant: ({write}, at) => {
      write(at('PARKED.md'), `---\nwho: ada\nwhen: ${new Date().toISOString()}\n---\n`)
      write(at('inbox/new/20261121T000000000Z-01JD0000000000000000000000.md'), 'hi\n')
    },
    about: ['parked', '1 message'],
  },
  {name: 'The whole folder is gone', plant: ({remove}, at) => remove(at('')), about: ['is gone'], isLeft: true},
  {
    name: 'The line that ends the head of a SOUL.md is gone',
    plant: ({read, write}, at) => write(at(SOUL), read(at(SOUL)).replace(/\n---\n/, '\n')),
    about: ['no contract', '"---" that ends its head is missing'],
  },
  {
    name: 'A contract opens the folder of another agent for writing',
    plant: contract('writes', "['workspaces/jarvis/**']"),
    about: ['may write', 'the folder of jarvis'],
  },
  {
    name: 'The word that begins a cadence is misspelt',
    plant: add(BEAT, '\n## Odds (evry 2 hours)\nLook.\n'),
    about: ['evry 2 hours', 'every beat'],
  },
  {
    name: 'A recovery stands in a check that asks nothing by itself',
    plant: add(BEAT, '\n## App (every 2 hours)\nIf it is down: `recover: true`\n'),
    about: ['recover: true', 'never run'],
  },
  {
    name: 'The disk to be measured is not mounted any more',
    like: 'gene',
    plant: add(BEAT, '\n## Second disk (every 2 hours)\n- `disk /mnt/none9 < 90%`\n'),
    about: ['/mnt/none9', 'no such folder'],
  },
  {
    name: 'A tool that keeps folders alike has made a second file',
    plant: ({write}, at) => write(at('HEARTBEAT 2.md'), '# Copy\n'),
    about: ['HEARTBEAT 2.md', 'nobody reads'],
  },
  {
    name: 'An editor was ended and left its file',
    plant: ({write, age}, at) => {
      write(at('.SOUL.md.swp'), 'b0VIM')
      age(at('.SOUL.md.swp'), 3)
    },
    about: ['.SOUL.md.swp'],
    isLeft: true,
  },
  {
    name: 'Commits are to be signed by a key that is gone',
    plant: ({git, home}, at) => {
      git('config', 'commit.gpgsign', 'true')
      git('config', 'gpg.format', 'ssh')
      git('config', 'user.signingkey', `${home}/${at('id_ed25519')}`)
    },
    about: ['commit.gpgsign', 'id_ed25519', 'refuses'],
    isLeft: true,
  },
  {
    name: 'A file was taken out of the index and left on the disk',
    plant: ({git}, at) => void git('rm', '-q', '--cached', at('USER.md')),
    about: ["USER.md was taken out of git's index", 'next commit'],
    isLeft: true,
  },
]
