import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'waiting', {urgency: 0})

/** Somebody is on it and will be heard from again. */
export const WAITING = made

add(
  'en',
  `RE: {order|back order} {id}

{Left on the lorry from Jo'burg|Still on the water}; {I'll ping you when it's in the shed|you'll hear from me once it clears}.

{first}, {supplier}`,
)
add(
  'en',
  `RE: your offer

Thanks, {it's with the committee|my husband is chewing on it}. We'll be in touch {after {date:+10}|in the new year}.

{person}`,
  {also: ['customer']},
)
add(
  'en',
  `[{service} #{id}] {Passed on|With second line}

Hello, I have {handed this to the people who built it|opened it with engineering}. I shall write as soon as there is something to tell.

{first}
{service}`,
  {from: '{first} <care@{service.dom}>', also: ['notification']},
)
add(
  'en',
  `RE: {warranty claim|faulty board} {id}

Parcel arrived. {The bench needs about a week|Lab has a queue of ten days}, then I'll let you have the result.

{first}`,
)
add(
  'de',
  `AW: {Angebot|Liefertermin}

{Liegt beim Chef|Ist beim Hersteller angefragt}, {ich melde mich|Sie hören von mir}, sobald ich mehr weiß.

{person}`,
)
add(
  'fr',
  `RE: {votre dossier|pièce {id}}

Bien reçu, {je me renseigne|je vois avec l'atelier} et reviens vers vous {la semaine prochaine|début décembre}.

{person}`,
)
add(
  'af',
  `RE: {navraag|kwotasie}

Dankie, ek {gesels met die voorman|kyk in die stoor} en laat weet {volgende week|ná die vyftiende}.

{person}`,
)
add(
  'ja',
  `Re: お見積りの件

ありがとうございます。{社内で検討のうえ|上司に確認のうえ}、{来週中に|月末までに}改めてご連絡いたします。

{person}`,
)
