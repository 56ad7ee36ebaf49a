"""Whether a question is an open one: "open-ended questions provoke discussion, yes/no questions don't" (toolkit, "City audit
focus groups", sample discussion questions).

Rules of thumb for each language in which audits are written. They would rather keep silent than warn wrongly: what they do
not recognise is not judged, a request ("Can you name …") counts as open, and so does a yes/no question that is followed by
"Why?" or another open one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = ""


@dataclass(frozen=True)
class Rules:
    """Patterns of one language, matched in small letters on one sentence at a time.

    `lead` stands before the question proper ("In your opinion, …"); `open` are the words that ask for more than yes or no;
    `request` asks somebody to tell, in the form of a yes/no question; `closed` is how a yes/no question begins or what it
    holds. Where `silent` is set, a question of four words or more without any open word is a yes/no question too, because the
    language asks it by the tone alone.
    """

    lead: str
    open: str
    request: str
    closed: str
    silent: bool = False


RULES = {
    "en": Rules(
        lead=r"in your (opinion|view|experience)|according to you|do you think,?|overall|in general",
        open=r"why|how|what|which|who|whom|whose|where|when|tell|describe|explain|name|list",
        request=r"(can|could|would|will) (you|we|anyone|anybody|somebody) (please )?"
        r"(tell|name|share|describe|explain|indicate|give|identify|make|list|show|suggest|recommend|mention|point|outline)",
        closed=r"^(am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn.t|aren.t|"
        r"wasn.t|weren.t|don.t|doesn.t|didn.t|hasn.t|haven.t|can.t|won.t|shouldn.t)\b",
    ),
    "bg": Rules(
        lead=r"според вас|по ваше мнение|от вашия опит|като цяло",
        open=r"защо|как|какв\w*|какъв|кой|коя|кое|кои|кого|къде|кога|колко|доколко|разкажете|опишете|обяснете|посочете|избройте",
        request=r"(може(те)?|бихте) ли (да )?(моля )?"
        r"(\w+ )?(посоч|сподел|дад|направ|назов|опиш|разка|обясн|пока|каж|изброи|идентифицира|предлож|препоръча)\w*",
        closed=r"\bли\b|^(дали|нали|нима)\b",
    ),
    "hr": Rules(
        lead=r"prema vašem mišljenju|po vašem mišljenju|po vama|prema vama|općenito",
        open=r"zašto|kako|koj\w*|što|šta|č(ega|emu|im|ime)|tko|koga|komu|kome|gdje|kada?|kolik\w*|kakav|kakv\w*|"
        r"opišite|navedite|objasnite|recite",
        request=r"(možete|možeš|biste|bi) li (se |molim )?(\w+ )?"
        r"(naves|podijeli|opisa|reći|označi|identificira|da[tj]i|predloži|preporuči|objasni|pokaza|imenova|nabroji)\w*",
        closed=r"^(da li|zar)\b|^\w+ li\b",
    ),
    "cs": Rules(
        lead=r"podle vašeho názoru|podle vás|dle vašeho názoru|celkově|obecně",
        open=r"proč|jak\w*|jací|kter\w*|kteří|co|č(eho|emu|em|ím)|kdo|k(oho|omu|om|ým)|kde|kam|kdy|kolik\w*|nakolik|"
        r"popište|uveďte|vysvětlete|řekněte",
        request=r"(můžete|mohli byste|mohl byste|mohla byste|dokážete|lze) (se |nám |prosím )*(\w+ )?"
        r"(uvést|sdílet|popsat|říct|říci|označit|určit|jmenovat|navrhnout|doporučit|vysvětlit|ukázat|identifikovat|"
        r"poskytnout|dát|vyjmenovat)",
        closed=r"^(je|jsou|byl[aoiy]?|bude|budou|má|mají|máte|může|mohou|můžou|můžete|existuje|existují|myslíte|domníváte|znáte|"
        r"souhlasíte|víte|není|nejsou|nemá|nemají|daří)\b",
        silent=True,
    ),
    "sk": Rules(
        lead=r"podľa vášho názoru|podľa vás|celkovo|vo všeobecnosti",
        open=r"prečo|ako|ak(ý|á|é|í|ú|ej|om|ou|ým|ými|ých|ého|ému)|ktor\w*|č(o|oho|omu|om|ím)|kto|k(oho|omu|om|ým)|kde|kam|"
        r"kedy|koľk\w*|nakoľko|opíšte|uveďte|vysvetlite|povedzte",
        request=r"(môžete|mohli by ste|vedeli by ste|viete|dá sa) (sa |nám |prosím )*(\w+ )?"
        r"(uviesť|zdieľať|opísať|povedať|označiť|určiť|menovať|pomenovať|navrhnúť|odporučiť|vysvetliť|ukázať|identifikovať|"
        r"poskytnúť|dať|vymenovať)",
        closed=r"^(je|sú|bol[aoi]?|bude|budú|má|majú|máte|môže|môžu|môžete|existuje|existujú|myslíte|domnievate|poznáte|"
        r"súhlasíte|viete|nie je|nie sú|nemá|nemajú|darí)\b",
        silent=True,
    ),
    "it": Rules(
        lead=r"secondo (lei|voi|te)|a (suo|vostro) (parere|avviso)|in generale|nel complesso",
        open=r"perch[eé]|come|che cosa|cosa|che|qual|quale|quali|chi|dove|quando|quanto|quanta|quanti|quante|"
        r"descriva|descrivete|spieghi|spiegate|indichi|indicate|racconti|raccontate",
        request=r"(può|potete|potrebbe|potreste|puoi|sapete|sa) (\w+ )?"
        r"(indicar|condivider|descriver|dir|individuar|identificar|far|fornir|dar|suggerir|propor|raccomandar|spiegar|"
        r"mostrar|nominar|elencar|raccontar)\w*",
        closed=r"^(è|sono|era|erano|c.è|ci sono|ha|hanno|avete|esiste|esistono|può|possono|pensa|pensate|ritiene|ritenete|"
        r"crede|credete|conosce|conoscete)\b",
        silent=True,
    ),
}
SHORTEST = 4
"""Words that a question has at least before the lack of an open word says anything."""


def judge(text: str, language: str) -> Form:
    """The form of a question in the language that it is written in; unknown for a language without rules."""
    rules = RULES.get(language)
    if rules is None:
        return Form.UNKNOWN
    found = [_judge_sentence(sentence, ends, rules) for sentence, ends in _sentences(text)]
    return next((form for form in (Form.OPEN, Form.CLOSED) if form in found), Form.UNKNOWN)


def _sentences(text: str) -> list[tuple[str, str]]:
    """The sentences with the signs that end them; what stands in brackets is an example, and asks nothing."""
    plain = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text.casefold())
    plain = re.sub(r"[“”„«»\"]", " ", plain)
    return [
        (" ".join(sentence.split()), ends)
        for sentence, ends in re.findall(r"([^.?!]+)([.?!]*)", plain)
        if sentence.strip()
    ]


def _judge_sentence(sentence: str, ends: str, rules: Rules) -> Form:
    sentence = re.sub(rf"^(and|и|i|a|e) |^({rules.lead})\b[, ]*", "", sentence)
    sentence = re.sub(rf"^({rules.lead})\b[, ]*", "", sentence)
    begins_open = re.match(rf"(\w+ )?({rules.open})\b", sentence)
    if re.match(rf"({rules.request})\b", sentence):
        return Form.OPEN
    if re.search(rules.closed, sentence) and not re.match(rf"({rules.open})\b", sentence):
        return Form.CLOSED
    if begins_open:
        return Form.OPEN
    says_open = re.search(rf"\b({rules.open})\b", sentence)
    if rules.silent and "?" in ends and not says_open and len(sentence.split()) >= SHORTEST:
        return Form.CLOSED
    return Form.UNKNOWN
