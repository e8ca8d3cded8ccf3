import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'newsletter', {kind: 'list', urgency: 0})

/** Bulk mail, calm and shouting. */
export const NEWSLETTER = made

add(
  'en',
  `{GOING, GOING, GONE|Ticking clock|NOW OR NEVER}: {n:20-70} % off {product}s

Midnight is the end. {Hurry|Run|Respond now}, stock is almost gone!!!`,
  {from: '{supplier} <shop@{supplier.dom}>'},
)
add(
  'en',
  `{Heat|Comfort} letter no. {n:10-90}

{Why radiators sing|A visit to a factory|Subsidies explained}. Enjoy reading.`,
  {from: 'Comfort Letter <letter@comfortletter.example>'},
)
add(
  'en',
  `What if your servers went down right now?

{Payments stop, phones ring, customers leave|Nobody can log in and money is lost}. Find out how {service} prevents the worst.`,
  {from: '{service} Marketing <hi@{service.dom}>'},
)
add(
  'en',
  `Your trial of {service} is {about to expire|ending tomorrow}

{Don't lose access to premium themes|Keep your badges}: upgrade for R {n:49-199}.`,
  {from: '{service} <growth@{service.dom}>'},
)
add(
  'en',
  `{n:3-9} security blunders of the month

Leaked keys, stolen passwords, hacked cameras: the stories everybody talks about.`,
  {from: 'Lockpost <weekly@lockpost.example>'},
)
add(
  'en',
  `Only {n:2-9} seats left: {safety|sales} course in {February|March}

Places are going fast. Register immediately.`,
  {from: 'Trade School <courses@tradeschool.example>'},
)
add(
  'nl',
  `LAATSTE KANS: vandaag {n:20-60}% korting

Wees er snel bij, op = op!`,
  {from: '{supplier} <actie@{supplier.dom}>'},
)
add(
  'sv',
  `SISTA CHANSEN! {n:20-60} % på allt

Gäller bara i dag. Skynda dig!`,
  {from: '{supplier} <kampanj@{supplier.dom}>'},
)
add(
  'pt',
  `Só hoje: {n:20-60} % de desconto

Última oportunidade, não perca!`,
  {from: '{supplier} <promo@{supplier.dom}>'},
)
add(
  'ja',
  `【残りわずか】本日終了のセール

お急ぎください。全品{n:2-5}割引。`,
  {from: '工具市場 <sale@kougu-ichiba.example>'},
)
add(
  'de',
  `Fachbrief {n:10-60}: Kältemittel und Wärme

Neue Regeln, neue Geräte, ein Besuch in {Bremen|Kiel}.`,
  {from: 'Fachbrief <post@fachbrief.example>'},
)
