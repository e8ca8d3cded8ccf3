import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'needs-reply', {urgency: 1})

/** Questions that can wait until somebody has coffee. */
export const NEEDS_REPLY = made

add(
  'en',
  `{Second hand|Trade-in}?

Morning, do you take back an old {product} when you fit a new one, or {must I find a scrap man|do I sell it myself}? {Thinking of next autumn.|Still saving up.}

{person}`,
)
add(
  'en',
  `{Key safe|Spare key}

Hi, {is the key for {street} still with you|which of you has our spare}? We'd like it back {some time|when someone passes}.

{first}`,
)
add(
  'en',
  `RE: {IMPORTANT!!|critical!!} {logo|van stickers}

So, {teal or petrol|left door or both}? {I'm DYING to know|The suspense is killing me} :) Printer has us down for {January|the week of {date:+30}}.

{first}`,
)
add(
  'en',
  `{Careers week|A pupil for your workshop}

Hello, could one of your fitters {speak to our leavers|take a pupil for a week} in {March|April}? A yes or no before the holidays would do.

{person}
{company}`,
)
add(
  'en',
  `{Noise|A humming}

The {product} {hums a little at night|ticks when it cools}. It {heats well|isn't a bother}, we only wondered whether that's meant to be. {person}, {street}`,
  {also: ['customer']},
)
add(
  'en',
  `Delivery note {id}

Hi, note {id} says {n:2-5} boxes and we count {n:6-9}. Shall we {fetch the extra ones|credit you} with the next round?

{person}
{supplier}`,
)
add(
  'en',
  `{Reference|A word for us}

Would you write {two lines|a paragraph} about working with us for our new site? By {date:+20} if you can.

{person}, {supplier}`,
)
add(
  'de',
  `{Wartungsheft|Unterlagen}

Hallo, {wir finden das Heft nicht mehr|beim Umzug ging die Mappe verloren}. Könnten Sie uns {gelegentlich|irgendwann im Dezember} eine Kopie schicken?

{person}`,
)
add(
  'fr',
  `{Couleur|Choix} du radiateur

Bonjour, existe-t-il {en noir|plus étroit} ? C'est pour {le printemps|l'an prochain}. Merci !

{person}`,
)
add(
  'es',
  `Una duda

Hola, ¿{cada cuánto se limpia el filtro|sirve el mismo mando para dos aparatos}? {Cuando puedan.|Sin prisa ninguna.}

{person}`,
)
add(
  'sv',
  `{Fråga om|Undrar över} ROT-avdrag

Hej! {Drar ni av det direkt|Ska jag söka själv}? Vi bygger om först till {våren|sommaren}.

{person}`,
)
add(
  'ru',
  `{Вопрос по|Уточнение по} гарантии

Здравствуйте, {сохранится ли гарантия, если перенести прибор|где посмотреть серийный номер}? Не к спеху.

{person}`,
)
