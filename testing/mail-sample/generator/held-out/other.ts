import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'other', {urgency: 0})

/** What fits nowhere else. */
export const OTHER = made

add(
  'en',
  `{Holiday job|Internship}?

Hi, I am {n:16-19} and looking for a holiday job in {July|December}. I can carry things :-)

{person}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `FW: {unbelievable|you won't believe this}!!!

Open NOW, best thing this week. haha

{first}`,
)
add(
  'en',
  `Lost umbrella

A green umbrella was left in the meeting room. It hangs at reception.

{first}`,
)
add(
  'en',
  `Auto: out of office ({URGENT: your signature|Re: invoice {id}})

Back on {date:+8}. Urgent? Call my colleague.`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add(
  'fr',
  `Absence du bureau

Je suis en congé jusqu'au {date:+9}. En cas d'urgence, contactez le secrétariat.

{person}`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add(
  'de',
  `Bewerbung als Monteur

Guten Tag, ich bewerbe mich um eine Stelle ab Frühjahr.

{person}`,
  {also: ['needs-reply']},
)
