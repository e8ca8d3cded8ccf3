import type {Fault} from './planting.js'

const BEAT = 'workspaces/donna/HEARTBEAT.md'
/** Put together here, so that no file of ours holds what looks like a token. */
const TOKEN = ['ghp', 'q7Rw2ZpL9xVtB4nMk8sYd3FhJ6gCaE5uT1oW'].join('_')
const OPEN = ['sk', 'proj', 'Zq8vN2mXw7RtY4bKp9LdF3hGj6sCaE5uT1oW'].join('-')

/** What is broken in mcos.yaml, secrets, mail, channels and money. */
export const CONFIG_FAULTS: readonly Fault[] = [
  {
    name: 'A key of mcos.yaml is misspelt',
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'budgets:', 'budgts:')
      commit()
    },
    about: ['mcos.yaml', 'budgts'],
  },
  {
    name: 'A zone of mcos.yaml does not exist',
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'timezone: UTC', 'timezone: Mars/Olympus')
      commit()
    },
    about: ['mcos.yaml', 'Mars/Olympus'],
  },
  {
    name: 'mcos.yaml is no YAML any more',
    plant: ({append}) => append('mcos.yaml', 'people: [oh: no\n'),
    about: ['mcos.yaml'],
  },
  {
    name: 'A route names an engine that does not exist',
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'default: [claude]', 'default: [cluade]')
      commit()
    },
    about: ['cluade'],
  },
  {
    name: 'Nobody has set a budget',
    plant: ({read, write, commit}) => {
      write('mcos.yaml', read('mcos.yaml').replace(/^budgets:\n(?: {2}.*\n)*/m, ''))
      commit()
    },
    about: [/budget/],
  },
  {
    name: "An agent's own budget is higher than the fleet's",
    plant: ({edit, commit}) => {
      edit('workspaces/donna/SOUL.md', 'warm: on-demand', 'warm: on-demand\nbudget: {usd_per_day: 500}')
      commit()
    },
    about: ['donna', '500'],
  },
  {
    name: 'A model has no price that anybody knows',
    plant: ({edit, read, write, commit}) => {
      edit('mcos.yaml', 'model: claude-sonnet-5-5', 'model: some-house-model-7')
      write('mcos.yaml', read('mcos.yaml').replace(/base_url: "http:[^"]+"/, 'base_url: "https://models.example.com"'))
      commit()
    },
    about: ['claude', 'some-house-model-7'],
  },
  {
    name: 'Pages go to a channel that does not exist',
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'page: { to: founders', 'page: { to: fuonders')
      commit()
    },
    about: ['fuonders'],
  },
  {
    name: 'Nobody may say yes to anything',
    plant: ({read, write, commit}) => {
      write('mcos.yaml', read('mcos.yaml').replace(/^people:\n(?: {2}.*\n)*/m, 'people: {}\n'))
      commit()
    },
    about: [/people|person|nobody/i],
  },
  {
    name: "A mail account belongs to an agent that doesn't exist",
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'agent: donna', 'agent: dona')
      commit()
    },
    about: ['dona'],
  },
  {
    name: 'A mail account is read by nobody, for its agent has no mail probe',
    plant: ({edit, commit}) => {
      edit(BEAT, '`mail local`', 'mail')
      commit()
    },
    about: ['local'],
  },
  {
    name: 'The maildir of an account is gone',
    plant: ({edit, user, commit}) => {
      edit('mcos.yaml', `path: ${user}/Mail`, `path: ${user}/Maill`)
      commit()
    },
    about: ['local', 'Maill'],
  },
  {
    name: 'An MCP server is a program that is not installed',
    plant: ({append, commit}) => {
      append('mcos.yaml', 'mcp:\n  notes: { command: [no-such-notes-mcp], agents: [donna] }\n')
      commit()
    },
    about: ['no-such-notes-mcp'],
  },
  {
    name: 'An engine is a program that is not installed',
    plant: ({edit, commit}) => {
      edit('mcos.yaml', 'engines:', 'engines:\n  code: { kind: command, run: no-such-claude, speaks: claude }')
      commit()
    },
    about: ['no-such-claude'],
  },
  {
    name: 'A key travels to its engine unencrypted',
    plant: ({read, write, commit}) => {
      write('mcos.yaml', read('mcos.yaml').replace(/base_url: "[^"]+"/, 'base_url: "http://models.example.com"'))
      commit()
    },
    about: ['claude', 'http://models.example.com'],
  },
  {
    name: 'The API key of an engine is not set',
    plant: ({env}) => {
      delete env['ANTHROPIC_API_KEY']
    },
    about: ['ANTHROPIC_API_KEY'],
  },
  {
    name: 'The API key of an engine is still a placeholder',
    plant: ({env}) => {
      env['ANTHROPIC_API_KEY'] = 'changeme'
    },
    about: ['ANTHROPIC_API_KEY'],
  },
  {
    name: 'The file of a secret can be read by everybody',
    plant: ({edit, write, user, commit}) => {
      write('../user/hook', 'https://hooks.example.com/services/T0/B0/abcdefgh\n', 0o644)
      edit('mcos.yaml', 'env:PAGE_WEBHOOK', `file:${user}/hook`)
      commit()
    },
    about: ['user/hook'],
  },
  {
    name: 'Two agents use one token as their own',
    plant: ({edit, env, commit}) => {
      for (const name of ['donna', 'gene']) {
        env[`${name.toUpperCase()}_KEY`] = env['ANTHROPIC_API_KEY'] ?? ''
        edit(`workspaces/${name}/SOUL.md`, 'role:', `keys: {claude: "env:${name.toUpperCase()}_KEY"}\nrole:`)
      }
      commit()
    },
    about: ['donna', 'gene'],
  },
  {
    name: 'A token stands in a committed note',
    plant: ({write, commit}) => {
      write('workspaces/donna/notes.md', `Use ${TOKEN} for the repository.\n`)
      commit()
    },
    about: ['workspaces/donna/notes.md'],
  },
  {
    name: 'A token was committed once and removed again',
    plant: ({write, remove, commit}) => {
      write('workspaces/donna/notes.md', `Use ${OPEN} for the model.\n`)
      commit()
      remove('workspaces/donna/notes.md')
      commit()
    },
    about: ['workspaces/donna/notes.md'],
  },
  {
    name: 'A .env with secrets is committed',
    plant: ({write, commit}) => {
      write('.env', 'DB_PASSWORD=correct-horse-battery\n')
      commit()
    },
    about: ['.env'],
  },
  {
    name: "A token stands in the remote's address",
    plant: ({git}) => void git('remote', 'set-url', 'origin', `https://${TOKEN}@github.com/northwind/fleet.git`),
    about: [/origin|remote|\.git\/config/],
  },
  {
    name: 'The private half of a key can be read by everybody',
    plant: ({chmod}) => chmod('.mcos/keys/donna.key', 0o644),
    about: ['donna.key'],
  },
  {
    name: 'Private keys are committed',
    plant: ({git}) => {
      git('add', '-f', '.mcos/keys/donna.key')
      git('commit', '-qnm', 'Back up everything')
    },
    about: ['.mcos'],
  },
  {
    name: 'git no longer ignores .mcos/',
    plant: ({remove, git}) => {
      remove('.gitignore')
      git('commit', '-qnam', 'Tidy up')
    },
    about: ['.gitignore'],
  },
  {
    name: 'Everybody on this machine may write into the home',
    plant: ({chmod}) => chmod('.', 0o777),
    about: [/777|everybody|others|anyone/],
  },
  {
    name: 'Everybody on this machine may write into .mcos',
    plant: ({chmod}) => chmod('.mcos', 0o777),
    about: ['.mcos'],
  },
  {
    name: 'mcos.yaml can be written by everybody',
    plant: ({chmod}) => chmod('mcos.yaml', 0o666),
    about: ['mcos.yaml'],
  },
]
