import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'waiting', {urgency: 1})

/** The ball is with them. */
export const WAITING = made

add(
  'en',
  `Re: {Broken fan|Order {id}}

Thanks for the {pictures|serial number}. Our engineer {has a look|checks it} and {I will be in touch|you'll hear from me} {after the weekend|by Wednesday}.

{person}, {supplier}`,
)
add(
  'en',
  `Ticket {id}: being worked on

Your request is now with our second level. We will write again when there is news.`,
  {kind: 'robot', from: '{service} Help <help@{service.dom}>', also: ['notification']},
)
add(
  'en',
  `Re: URGENT: price for {n:2-9} units

I hear you :-) the price comes from head office, they promised it for {date:+4}. I'll forward it the minute I have it.

{first}`,
)
add(
  'en',
  `Re: Permit {id}

Your file is complete. The department needs {two|three} more weeks and will let you know its decision.

{person}
{company}`,
  {also: ['legal']},
)
add(
  'de',
  `AW: Angebot {id}

Vielen Dank, wir prüfen das intern und kommen nächste Woche auf Sie zu.

{person}`,
)
add(
  'es',
  `Re: Pieza {id}

Recibido, gracias. Estamos consultando con fábrica y os decimos algo el lunes.

{person}`,
)
add(
  'zh',
  `回复：交货日期

您好，已收到，正在向工厂确认，确认后回复您。

{person}`,
)
add(
  'nl',
  `Re: Offerte

Dank, we bekijken het en komen er volgende week op terug.

{person}`,
)
