import type {FleetConfig, Person} from '../../workspace/config.js'

type People = FleetConfig['people']

/** Whether a person of mcos.yaml may say yes to what is done by this verb. */
export function mayApprove(people: People, name: string, verb: string): boolean {
  return Object.hasOwn(people, name) && isApprover(people[name], verb)
}

/** All who may, in the order of mcos.yaml, with how each is reached. */
export function approversOf(people: People, verb: string): {readonly name: string; readonly via: readonly string[]}[] {
  return Object.entries(people).flatMap(([name, person]) => (isApprover(person, verb) ? [{name, via: person.via}] : []))
}

/** A domain is the verb itself or what stands below it: `mail` covers `mail` and `mail.send`, not `mailbox`. */
function isApprover(person: Person | undefined, verb: string): boolean {
  const wanted = verb.toLowerCase()
  return (person?.approves ?? []).some((domain) => {
    const word = domain.toLowerCase().replace(/\.\*$/, '')
    return word === 'all' || wanted === word || wanted.startsWith(`${word}.`)
  })
}
