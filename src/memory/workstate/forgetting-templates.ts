import {crockford, day, hex, MONTHS, NAMES, ROLES, say, type Template, THINGS} from './forgetting-words.js'

/** How people and agents say things, by kind; every second one of a kind was never looked at while the rules were made. */
export const TEMPLATES: Readonly<Record<string, readonly Template[]>> = {
  task: [
    (d) => ((k) => say(`The ${d.pick(THINGS)} work is tracked in ${k}.`, k))(`OPS-${d.digits(4)}`),
    (d) =>
      ((k, t) => say(`Just so we have it: ticket ${k} covers the ${t}, nothing else.`, k, t))(
        `FIN-${d.digits(3)}`,
        d.pick(THINGS),
      ),
    (d) =>
      ((k) => say(`That came out of turn t_${k}, where the ${d.pick(THINGS)} was first discussed.`, k))(
        `01J${crockford(d, 23)}`,
      ),
    (d) => ((k) => say(`If anyone asks about the ${d.pick(THINGS)}, point them at #${k}.`, k))(d.digits(5)),
  ],
  commit: [
    (d) => ((k) => say(`The last good build of the ${d.pick(THINGS)} is commit ${k}.`, k))(hex(d, 10)),
    (d) => ((k) => say(`We branched off at ${k} before the ${d.pick(THINGS)} refactoring began.`, k))(hex(d, 7)),
    (d) => ((k) => say(`PR #${k} fixes the rounding in the ${d.pick(THINGS)}.`, k))(d.digits(4)),
    (d) =>
      ((k) => say(`Reviewers left their comments for the ${d.pick(THINGS)} on pull request ${k}.`, k))(d.digits(4)),
  ],
  invoice: [
    (d) =>
      ((k, m) => say(`Invoice INV-${k} for the ${d.pick(THINGS)} is ${m} EUR.`, k, m))(
        d.digits(5),
        `${d.below(90) + 10},${d.digits(3)}.50`,
      ),
    (d) =>
      ((k, m) => say(`They billed us $${m} under reference ${k} for the ${d.pick(THINGS)}.`, k, m))(
        `R-${d.digits(6)}`,
        `${d.below(900) + 100}`,
      ),
    (d) =>
      ((m, t) => say(`The budget for the ${t} is R${m} in total.`, m, t))(`${d.below(800) + 100} 000`, d.pick(THINGS)),
    (d) =>
      ((m, t) => say(`Whatever happens, the ${t} can't cost more than ${m} dollars.`, m, t))(
        `${d.below(9000) + 1000}`,
        d.pick(THINGS),
      ),
  ],
  file: [
    (d) =>
      ((k) => say(`The notes on the ${d.pick(THINGS)} are in notes/${k}.md.`, k))(`${d.letters(6)}-${d.digits(2)}`),
    (d) =>
      ((k) => say(`I parked the half-finished draft as ${k}, don't look for it under docs.`, k))(
        `drafts/${d.letters(5)}_v${d.below(9)}.docx`,
      ),
    (d) => ((k) => say(`Use ${k} as the template for the ${d.pick(THINGS)}.`, k))(`${d.letters(7)}.xlsx`),
    (d) => ((k) => say(`Everything lands in /srv/${k}/incoming overnight.`, k))(d.letters(6)),
  ],
  address: [
    (d) =>
      ((k) => say(`The staging system is at https://${k}.example.com/admin.`, k))(`${d.letters(6)}-${d.digits(2)}`),
    (d) => ((k) => say(`Write to ${k} if the ${d.pick(THINGS)} stalls.`, k))(`${d.letters(6)}@${d.letters(5)}.example`),
    (d) => ((k) => say(`${k} is where the ${d.pick(THINGS)} reports go.`, k))(`${d.letters(7)}@reports.example`),
    (d) =>
      ((k) => say(`You'll find the spec here: https://wiki.example.org/${k}`, k))(`${d.letters(5)}/${d.digits(4)}`),
  ],
  person: [
    (d) => ((n, r) => say(`${n} is ${r} for the ${d.pick(THINGS)}.`, n, r))(d.pick(NAMES), d.pick(ROLES)),
    (d) =>
      ((n, t) => say(`For anything about the ${t} talk to ${n}, she took it over from Lena.`, n, t))(
        d.pick(NAMES),
        d.pick(THINGS),
      ),
    (d) => ((n, t) => say(`The contact for the ${t} is ${n}.`, n, t))(d.pick(NAMES), d.pick(THINGS)),
    (d) => ((n, t) => say(`Keys to the ${t} are with ${n}.`, n, t))(d.pick(NAMES), d.pick(THINGS)),
  ],
  quantity: [
    (d) => ((k, t) => say(`The ${t} needs ${k} pallets.`, k, t))(d.digits(3), d.pick(THINGS)),
    (d) => ((k, t) => say(`We counted ${k} seats for the ${t} in the end.`, k, t))(d.digits(3), d.pick(THINGS)),
    (d) => ((k, t) => say(`Maximum load of the ${t}: ${k} kg.`, k, t))(d.digits(4), d.pick(THINGS)),
    (d) => ((k, t) => say(`No more than ${k} requests a minute may hit the ${t}.`, k, t))(d.digits(3), d.pick(THINGS)),
  ],
  date: [
    (d) => ((k, t) => say(`The deadline for the ${t} is ${k}.`, k, t))(`${day(d)} ${d.pick(MONTHS)}`, d.pick(THINGS)),
    (d) =>
      ((k, t) => say(`Handover of the ${t} happens on ${k} at 09:30.`, k, t))(
        `2027-0${d.below(9) + 1}-1${d.below(9)}`,
        d.pick(THINGS),
      ),
    (d) => ((k, t) => say(`${d.pick(MONTHS)} ${k} is when the ${t} goes live.`, k, t))(`${day(d)}th`, d.pick(THINGS)),
    (d) =>
      ((k, t) => say(`They close the books on the ${t} by ${k}.`, k, t))(
        `${day(d)}.1${d.below(3)}.2026`,
        d.pick(THINGS),
      ),
  ],
  system: [
    (d) => ((k, t) => say(`The ${t} service listens on port ${k}.`, k, t))(d.digits(4), d.pick(THINGS)),
    (d) =>
      ((k, t) => say(`We pinned the ${t} to v${k}.`, k, t))(
        `${d.below(9)}.${d.below(20)}.${d.below(9)}`,
        d.pick(THINGS),
      ),
    (d) =>
      ((k, t) => say(`Version ${k} of the ${t} library is the one that works.`, k, t))(
        `${d.below(9)}.${d.below(20)}.${d.below(9)}`,
        d.pick(THINGS),
      ),
    (d) =>
      ((k, t) => say(`Its database for the ${t} answers on 10.20.${k}.`, k, t))(
        `${d.below(200)}.${d.below(200)}`,
        d.pick(THINGS),
      ),
  ],
  decision: [
    (d) =>
      ((t, n) => say(`We decided to rent out the ${t} instead of selling it to ${n}.`, t, n))(
        d.pick(THINGS),
        d.pick(NAMES),
      ),
    (d) =>
      ((t, w) => say(`Let's go with the ${w} option for the ${t}.`, t, w))(
        d.pick(THINGS),
        d.pick(['slate', 'amber', 'walnut', 'cobalt']),
      ),
    (d) =>
      ((t, w) => say(`Agreed: the ${t} stays on ${w}.`, t, w))(
        d.pick(THINGS),
        d.pick(['SQLite', 'Postgres', 'Debian', 'Caddy']),
      ),
    (d) =>
      ((t, w) => say(`The choice for the ${t} fell on ${w}.`, t, w))(
        d.pick(THINGS),
        d.pick(['linen paper', 'the night train', 'a fixed fee', 'monthly billing']),
      ),
  ],
  promise: [
    (d) =>
      ((t, n) => say(`I promised ${n} a first version of the ${t} on Thursday.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
    (d) =>
      ((t, n) => say(`We'll send ${n} the ${t} figures by the end of the month.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
    (d) => ((t, n) => say(`I told ${n} we would cover the ${t} repairs.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
    (d) =>
      ((t, n) => say(`${n} has our word that the ${t} stays free of charge.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
  ],
  standing: [
    (d) => ((t) => say(`Do nothing on the ${t} until I say so.`, t, 'until I say so'))(d.pick(THINGS)),
    (d) => ((t) => say(`Never share the ${t} numbers with the press.`, t, 'Never', 'press'))(d.pick(THINGS)),
    (d) =>
      ((t, n) => say(`Don't send the ${t} contract before ${n} has signed.`, t, n, 'before'))(
        d.pick(THINGS),
        d.pick(NAMES),
      ),
    (d) => ((t) => say(`From now on, run every change to the ${t} past me first.`, t, 'From now on'))(d.pick(THINGS)),
    (d) =>
      ((t, n) => say(`Always put ${n} in copy when you write about the ${t}.`, t, n, 'Always'))(
        d.pick(THINGS),
        d.pick(NAMES),
      ),
    (d) => ((t) => say(`The ${t} mailing list is off limits for you.`, t, 'off limits'))(d.pick(THINGS)),
  ],
  open: [
    (d) => ((t) => say(`Open question: who insures the ${t}?`, t, 'insures'))(d.pick(THINGS)),
    (d) => ((t) => say(`We still don't know whether the ${t} needs a permit.`, t, 'permit'))(d.pick(THINGS)),
    (d) => ((t, n) => say(`Waiting for ${n} to confirm the ${t} dates.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
    (d) => ((t, n) => say(`${n} hasn't come back to us about the ${t} yet.`, t, n))(d.pick(THINGS), d.pick(NAMES)),
  ],
  step: [
    (d) => ((t, k) => say(`- [ ] export the ${t} ledger to ${k}.csv`, t, k))(d.pick(THINGS), d.letters(6)),
    (d) => ((t, k) => say(`Next: compare the ${t} quote with lot ${k}.`, t, k))(d.pick(THINGS), d.digits(3)),
    (d) => ((t, k) => say(`TODO: order ${k} spare parts for the ${t}`, t, k))(d.pick(THINGS), d.digits(2)),
    (d) =>
      ((t, k) => say(`What remains is to renumber the ${t} drawings from ${k} upwards.`, t, k))(
        d.pick(THINGS),
        d.digits(3),
      ),
  ],
  taste: [
    (d) =>
      ((n, t) => say(`${n} prefers to hear about the ${t} by phone.`, n, t, 'phone'))(d.pick(NAMES), d.pick(THINGS)),
    (d) => ((n) => say(`${n} is allergic to hazelnuts.`, n, 'hazelnuts'))(d.pick(NAMES)),
    (d) => ((n) => say(`${n} likes short e-mails, three lines at most.`, n, 'short e-mails'))(d.pick(NAMES)),
    (d) =>
      ((n, t) => say(`${n} can't stand surprises about the ${t}.`, n, t, 'surprises'))(d.pick(NAMES), d.pick(THINGS)),
  ],
  tongues: [
    (d) => ((k) => say(`Die Frist für das Gewächshaus ${d.digits(2)} ist der ${k}.`, k))(`${day(d)}. März`),
    (d) => ((k) => say(`Wir haben entschieden, die Rechnung ${k} nicht zu zahlen.`, k))(`RE-${d.digits(4)}`),
    (d) => ((k) => say(`El presupuesto del puerto ${d.digits(2)} es de ${k} euros.`, k))(d.digits(4)),
    (d) => ((k) => say(`Nous avons décidé de garder la version ${k}.`, k))(`${d.below(9)}.${d.below(9)}.1`),
    (d) => ((k) => say(`A fatura ${k} vence na sexta-feira.`, k))(`FT-${d.digits(4)}`),
    (d) => ((k) => say(`De afspraak met de gemeente ${d.letters(5)} is op ${k} januari.`, k))(day(d)),
    (d) => ((k) => say(`${d.digits(2)}号温室的预算是${k}元。`, k))(d.digits(4)),
    (d) => ((k) => say(`第${d.digits(2)}章の締め切りは${k}です。`, k))(`${d.below(8) + 1}月${day(d)}日`),
    (d) => ((k) => say(`Мы решили оставить сервер на порту ${k}.`, k))(d.digits(4)),
  ],
}
