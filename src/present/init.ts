import type {AgentMade, FleetMade} from '../app/init.js'
import {formatSteps, type Step, typedIn} from './next-steps.js'

/** A new fleet: what is where, and three things to do next, each as it is typed. */
export function presentFleetMade(made: FleetMade, cwd: string): string {
  const {fleet, home, agents, commit, repository, finished} = made
  const first = agents[0]
  const steps: Step[] = [
    [typedIn(home, cwd, 'mcos heartbeat --dry-run'), 'what would be looked at, and from which line'],
    first
      ? [`mcos message send ${first} "Good morning"`, `write to ${first}; the next beat finds it`]
      : ['mcos init agent donna --template comms', 'the first agent'],
    ['mcos service install', 'lets it beat by itself every 30 minutes, by cron, systemd or launchd'],
  ]
  return [
    finished
      ? `An earlier run had been cut short; the fleet ${fleet} in ${home} is whole now.`
      : `Made the fleet ${fleet} in ${home}${repository === 'existing' ? ', inside the repository that was there' : ''}.`,
    agents.length > 0 ? `Agents: ${agents.join(', ')}.` : 'No agents yet.',
    commit === null ? '' : `Commit ${commit.slice(0, 7)}. mcos.yaml is yours to edit; so is everything else.`,
    '',
    formatSteps(steps),
  ]
    .filter((line, index) => line !== '' || index === 3)
    .join('\n')
}

/** A new agent, with the home that had to be made for it. */
export function presentAgentMade({agent, path: folder, reports_to, commit, fleet}: AgentMade): string {
  const steps: Step[] = [
    [`$EDITOR ${folder}/SOUL.md && mcos commit`, 'who it is, and what it may do'],
    [`$EDITOR ${folder}/HEARTBEAT.md`, 'what it checks, and when: headings are checks'],
    [`mcos heartbeat ${agent} --dry-run`, 'what was read, and from which line'],
  ]
  return [
    ...(fleet ? [`Made the fleet ${fleet.fleet} in ${fleet.home}.`] : []),
    `Added ${agent} in ${folder}${reports_to === null ? '' : `, reporting to ${reports_to}`}.`,
    ...(commit === null ? [] : [`Commit ${commit.slice(0, 7)}.`]),
    '',
    formatSteps(steps),
  ].join('\n')
}
