import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'needs-reply', {urgency: 1, also: ['customer']})

/** People who ask something that can wait for its turn. */
export const NEEDS_REPLY = made

add(
  'en',
  `{Noise|Display} of the {product}

Good day, it {hums a little at night|shows a small leaf}. Is that {normal|as it should be}? It works fine otherwise.

{person}`,
)
add(
  'en',
  `{Could you look at|Thoughts on} {a holiday house|our new office}?

We are {building|buying} and think about a {product}. Would one of you come by {in the new year|some day in spring}?

{person}
{company}`,
)
add(
  'en',
  `{Copy|Duplicate} of invoice {id}

Hello, {our bookkeeper|the landlord} needs a copy of invoice {id}. Can you send it {whenever it suits you|sometime this month}?

{first}`,
)
add(
  'en',
  `Re: Visit on {date:+9}

Do I have to {move the furniture|be at home} for that? And do you take cards?

{person}, {street}`,
)
add(
  'en',
  `!!! REMINDER !!! Christmas dinner

WHO EATS MEAT AND WHO DOES NOT? ANSWER ASAP, I HAVE TO BOOK (for the {n:10-19}th of December).

{first}`,
  {also: ['other']},
)
add(
  'en',
  `Stickers

Which logo should go on the new vans, the round one or the long one? We print in {January|February}.

{first}, {supplier}`,
  {also: ['other']},
)
add(
  'de',
  `{Termin im Frühjahr|Wartungstermin}

Hallo, wann hätten Sie im {März|April} Zeit für die Wartung? Vormittags wäre schön.

{person}`,
)
add(
  'fr',
  `Question sur le thermostat

Bonjour, comment programmer les heures de nuit ? Rien ne presse.

{person}`,
)
add(
  'es',
  `Presupuesto para una casa rural

Hola: ¿nos pueden hacer un presupuesto para {n:3-9} habitaciones? Empezamos la obra en verano.

{person}`,
)
add(
  'ru',
  `Вопрос о ценах

Здравствуйте, сколько стоит ежегодное обслуживание? Можно ответить на следующей неделе.

{person}`,
)
add(
  'af',
  `Vraag oor die termostaat

Hallo, hoe stel ek die tyd op die termostaat? Geen haas nie.

{person}`,
)
