import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'customer', {urgency: 0})

/** Customers who tell something and ask nothing. */
export const CUSTOMER = made

add(
  'en',
  `{Warm again|Well done}

{Just to say that|You should know that} all is {cosy|warm} again. {first} was {a star|so polite}, even the {dog|cat} liked him.

{person}, {street}`,
)
add(
  'en',
  `Key

The key for the visit on {date:+6} is with the neighbour at number {n:2-90}.

{person}, {street}`,
)
add(
  'en',
  `Re: WATER EVERYWHERE PLEASE HURRY

{Crisis over|It is dry again}, my brother-in-law found the tap. You can take us off the list for today.

{person}

-----Original Message-----
The ceiling is coming down, water everywhere, please hurry!!!`,
)
add(
  'en',
  `Happy with the offer

We take the offer {id} as it is and look forward to {March|April}.

{person}
{company}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `Feedback

{Four|Five} stars from us. The only thing: the invoice had an old address, but I've told {first} already.

{person}`,
)
add(
  'fr',
  `Nouvelle adresse

Nous habitons désormais {street}. Bonne continuation à tous.

{person}`,
)
add(
  'es',
  `Todo perfecto

La máquina funciona muy bien desde la reparación. Gracias.

{person}`,
)
add(
  'pt',
  `Agradecimento

Resolvido em vinte minutos, mesmo sendo urgente. Muito obrigado a todos.

{person}`,
)
add(
  'ru',
  `Спасибо

Всё починили, в доме снова тепло. Спасибо мастеру.

{person}`,
)
