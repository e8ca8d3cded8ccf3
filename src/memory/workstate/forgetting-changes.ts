import {type Dice, NAMES, type Planted, say} from './forgetting-words.js'

/** What is said first, and later otherwise: of each the old value, which must be gone, and the new one. */
export const CHANGES: readonly ((d: Dice, thing: string) => {old: Planted; now: Planted})[] = [
  (d, t) =>
    ((a, b) => ({
      old: say(`The delivery date of the ${t} is ${a}.`, a),
      now: say(`Correction: the delivery date of the ${t} is ${b}.`, b),
    }))(`1${d.below(5)} May`, `2${d.below(5)} May`),
  (d, t) =>
    ((a, b) => ({
      old: say(`The rent for the ${t} is ${a} EUR.`, a),
      now: say(`The rent for the ${t} is now ${b} EUR.`, b),
    }))(`1${d.digits(3)}`, `2${d.digits(3)}`),
  (d, t) =>
    ((a, b) => ({
      old: say(`The ${t} review takes place on ${a}.`, a),
      now: say(`The ${t} review has been moved to ${b}.`, b),
    }))(`2027-03-1${d.below(9)}`, `2027-04-1${d.below(9)}`),
  (d, t) =>
    ((a, b) => ({
      old: say(`Password resets for the ${t} go to ${a}.`, a),
      now: say(`Password resets for the ${t} go to ${b} instead of ${a}.`, b),
    }))(`${d.letters(6)}@old.example`, `${d.letters(6)}@new.example`),
  (d, t) =>
    ((a, b) => ({
      old: say(`The ${t} gateway uses port ${a}.`, a),
      now: say(`Update: we switched the ${t} gateway to port ${b}.`, b),
    }))(`3${d.digits(3)}`, `5${d.digits(3)}`),
  (d, t) =>
    ((a, b) => ({
      old: say(`We settled on ${a} boxes for the ${t}.`, a),
      now: say(`On second thought we take ${b} boxes for the ${t}.`, b),
    }))(`3${d.digits(2)}`, `6${d.digits(2)}`),
  (d, t) =>
    ((a) => ({
      old: say(`Do not order anything for the ${t} before I approve it.`, `anything for the ${t}`),
      now: say(`You may order for the ${t} now, up to ${a} EUR.`, a),
    }))(`7${d.digits(2)}`),
  (d, t) =>
    ((n, k) => ({
      old: say(`Waiting for ${n} to sign the ${t} lease.`, `Waiting for ${n} to sign the ${t}`),
      now: say(`${n} has signed the ${t} lease, it is filed as L-${k}.`, k),
    }))(d.pick(NAMES), d.digits(4)),
]

export const CHATTER: readonly ((d: Dice) => string)[] = [
  () => 'Sounds good, let me have a look at that first.',
  () => "Thanks, that's really helpful!",
  (d) => `I'm going through the output now, give me ${d.below(9) + 1} minutes.`,
  () => 'Hm, interesting, I would not have expected that at all.',
  (d) => `Had a terrible coffee this morning, ${d.below(5) + 1} cups and still tired.`,
  () => 'Could you explain that a bit more?',
  () => 'The weather is lovely today, I might go for a walk later.',
  () => 'I think that makes sense, although it feels a little complicated to me.',
  (d) => `We watched that film with the ${d.pick(['cat', 'robot', 'detective'])} again, so funny.`,
  () => 'Let me check the rest of the file and come back to you.',
  () => 'Right, I have read it and there is nothing surprising in there.',
  () => 'It works on my side, so perhaps it was only a hiccup of the network.',
  () => "Well, you never know with these things, they're always a bit flaky.",
  (d) => `I ran ${d.below(8) + 2} km yesterday and my legs still hurt.`,
  () => 'As usual there is more to it than one would think at first glance.',
  () => 'Okay, moving on to the following part of the work.',
  () => 'That would be a nice thing to have at some point, but there is no hurry.',
  () => 'I looked at several approaches and each one has its advantages.',
]
