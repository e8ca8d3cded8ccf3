import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'needs-reply', {urgency: 1, also: ['customer']})

/** People who ask something that can wait for its turn. */
export const NEEDS_REPLY = made

add(
  'en',
  `{Question about|Short question:} our {product}

Hi, {how often should|do we need to} {clean the filter|have the {product} serviced}? The {manual|leaflet} says nothing about it.

{person}`,
)
add(
  'en',
  `Offer for a {product}

Dear team,

could you send us an offer for a {product} for {company}? We plan to decide {in spring|by the end of January}.

Kind regards
{person}`,
)
add(
  'en',
  `{Appointment|Service visit} in December

Hello, is {a Tuesday|a morning|the second week} in December possible for the yearly service? We are flexible.

{first}`,
)
add(
  'en',
  `Re: Offer {id}

Thanks for the offer. {Does it include|Would you also do} the {electrics|removal of the old unit}? {No hurry|Take your time}, we decide after the holidays.

{person}
{company}`,
)
add(
  'en',
  `PLEASE ANSWER!!!

I ASKED TWICE WHAT COLOUR THE {product} COMES IN. {IT IS NOT SO HARD|I LIKE WHITE}.

{first}`,
)
add(
  'en',
  `Reference for {first}?

Dear Ada,

{first} {last} gave your name as a reference. Would you have ten minutes for a call next week?

{company}`,
  {also: ['other']},
)
add(
  'de',
  `{Frage zur Rechnung|Frage zum Gerät} {id}

Guten Tag,

können Sie mir bitte erklären, {was der Posten „Anfahrt“ bedeutet|wie ich die Uhrzeit am Regler umstelle}? Es eilt nicht.

{person}`,
)
add(
  'fr',
  `Demande de devis

Bonjour,

pourriez-vous nous envoyer un devis pour l'entretien de {n:2-9} appareils au printemps ?

Cordialement
{person}`,
)
add(
  'es',
  `Consulta sobre la garantía

Buenas tardes: ¿cuánto dura la garantía del aparato que instalaron en {mayo|junio}?

Un saludo,
{person}`,
)
add(
  'nl',
  `Vraag over onderhoud

Hallo, kunnen jullie in het voorjaar langskomen voor onderhoud? Wat kost dat ongeveer?

Groeten, {person}`,
)
add(
  'zh',
  `咨询保养价格

您好，请问一年保养一次的费用是多少？不着急，方便时回复即可。

{person}`,
)
