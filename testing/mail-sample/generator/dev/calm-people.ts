import {templatesOf} from '../template.js'

const ask = templatesOf('dev-ask', 'needs-reply', {urgency: 1, also: ['customer']})
const tell = templatesOf('dev-tell', 'customer', {urgency: 0})
const rest = templatesOf('dev-rest', 'other', {urgency: 0})

/** More of what people write when nothing is at stake. */
export const CALM_PEOPLE = [...questions(), ...words(), ...remains()]

function questions() {
  const {made, add} = ask
  add(
    'en',
    `{URGENT!!!|Very important!!}: colour of the {product} cover

We need to decide white or grey by {spring|the end of January}. Which is easier to clean?

{person}`,
  )
  add(
    'en',
    `Gas or electric?

We are thinking about changing our gas stove for an electric one in summer. Do you do that, and what would it cost?

{person}, {street}`,
  )
  add(
    'en',
    `Baby on the way

We expect our first in {May|June} and would like the nursery a little warmer by then. When could you come and have a look?

{person}`,
  )
  add(
    'en',
    `When the heating failed last winter

You were here in July when it was off for a night. Could you send me the report of that visit for the insurance? It can wait until next month.

{person}`,
  )
  add(
    'en',
    `Re: Maintenance window

Would {Thursday|Friday} in two weeks suit you for the server move? An hour of downtime is fine for us.

{first}, {supplier}`,
  )
  add(
    'de',
    `{Tropfen am Ventil|Kleine Frage}

Guten Tag, am Ventil hängt manchmal ein Tropfen. Reicht es, wenn Sie beim nächsten Termin danach sehen?

{person}`,
  )
  add(
    'pt',
    `Pergunta sobre o filtro

Bom dia, de quanto em quanto tempo se muda o filtro? Sem pressa.

{person}`,
  )
  return made
}

function words() {
  const {made, add} = tell
  add(
    'en',
    `Re: Gas smell at {street}

The fire brigade was here, it was the neighbour's bin. All clear, we are back inside. Thanks for calling back so fast.

{first}

> There is a strong smell of gas, please hurry!`,
  )
  add(
    'en',
    `{No longer needed|Please cancel our visit}

We sold the house, so we don't need the visit on {date:+9}. It was a pleasure.

{person}`,
  )
  add(
    'en',
    `Two years without trouble

Never once cold, never a leak, never a question. I thought you should hear that, too.

{person}`,
  )
  add(
    'nl',
    `Bedankt

De verwarming doet het weer, fijn dat het zo snel ging.

{person}`,
  )
  return made
}

function remains() {
  const {made, add} = rest
  add(
    'en',
    `Sofa to give away

Comfortable, blue, you have to carry it yourself. First come, first served!!

{first}`,
  )
  add(
    'en',
    `{Survey|Thesis} about small firms

I study business and would be glad if you filled in my questionnaire by {date:+30}.

{person}`,
    {also: ['needs-reply']},
  )
  add(
    'en',
    `Out of the office

Thanks for your urgent message. I am hiking until {date:+5} and cannot be reached.

{first}`,
    {kind: 'auto-reply', also: ['notification', 'waiting']},
  )
  return made
}
