import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'customer', {urgency: 0})

/** Customers who tell something and ask nothing. */
export const CUSTOMER = made

add(
  'en',
  `{Thank you|Great work|Praise for {first}}

The {product} runs {beautifully|like a charm}. Your technician was {kind|on time|very patient}. We will tell our friends.

{person}`,
)
add(
  'en',
  `New phone number

Just so you know, our number is now 021 555 0{n:100-999}. The rest stays the same.

{person}, {street}`,
)
add(
  'en',
  `Re: No heating!!

All fine again, {the breaker had tripped|it came back by itself|your man was here}. Sorry for the panic, {no need to come|nothing to do}.

{person}

> On Tuesday {person} wrote:
> PLEASE COME AT ONCE, the heating is dead and the baby is cold!!`,
)
add(
  'en',
  `We have moved

We moved out of {street} on the first; the new tenants will contact you themselves.

{person}`,
)
add(
  'en',
  `Signed offer {id}

Here is the signed offer. We look forward to spring.

{person}
{company}`,
  {also: ['needs-reply', 'legal']},
)
add(
  'de',
  `Danke!

Alles läuft wieder, der Notdienst war in einer Stunde da. Vielen Dank an {first}.

{person}`,
)
add(
  'fr',
  `Merci

Le dépannage de dimanche était parfait, merci à toute l'équipe.

{person}`,
)
add(
  'af',
  `Baie dankie

Alles werk weer soos dit moet. Dankie dat julle so gou gekom het.

{person}`,
)
add(
  'ja',
  `お礼

先日は緊急のところ迅速に対応していただき、ありがとうございました。問題なく動いております。

{person}`,
)
