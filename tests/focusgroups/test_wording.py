import json

import pytest
from django.conf import settings

from focusgroups.wording import Form, judge

CLOSED = {
    "en": [
        "Are TCN involved in the public city life?",
        "In your view, does the city do well in communicating (challenges, what it offers)",
        "And do you feel safe here?",
        "Isn’t it safe?",
    ],
    "bg": [
        "Участват ли ГТД в обществения живот на града?",
        "Дали градът се справя?",
        "Според вас достатъчно ли е това?",
    ],
    "hr": ["Jesu li uključeni u javni život?", "Da li grad dobro komunicira?", "Organiziraju li događaje?"],
    "cs": ["Jsou cizinci zapojeni do života města?", "Zapojují se cizinci do veřejného života?"],
    "sk": ["Sú cudzinci zapojení do života mesta?", "Organizujú cudzinci podujatia pre mesto?"],
    "it": ["I cittadini stranieri partecipano alla vita pubblica?", "È sicuro il quartiere?"],
}
OPEN = {
    "en": [
        "Does it bring a positive or a negative value? Why?",
        "Can you share data about the city?",
        "In your opinion, which measures work?",
        "At what time do you go out?",
        "Is the city safe? Please explain.",
    ],
    "bg": ["Участват ли? Защо?", "Можете ли да посочите горещи точки?", "Според вас как върви интеграцията?"],
    "hr": [
        "Da li grad dobro komunicira? Zašto?",
        "Možete li navesti podatke?",
        "Prema vašem mišljenju, kakvo je stanje?",
    ],
    "cs": ["Je to dobré? Proč?", "Můžete uvést údaje o cizincích?", "Podle vás, jaké služby jsou k dispozici?"],
    "sk": ["Je to dobré? Prečo?", "Môžete uviesť údaje?", "Podľa vás, aké sú opatrenia?"],
    "it": [
        "La città comunica bene con tutti? Perché?",
        "Può indicare i luoghi sulla mappa?",
        "Secondo lei, quali misure servono?",
    ],
}
# What the rules do not recognise is not judged: no warning is better than a wrong one.
UNKNOWN = {
    "en": ["Recommendations.", ""],
    "bg": ["Препоръки."],
    "hr": ["A u vašem kvartu?"],
    "cs": ["V čem je problém města dnes, podle vás?", "A u vás?"],
    "sk": ["A u vás?"],
    "it": ["Servizi che aiutano?", "E da voi?"],
    "uk": ["Чи беруть вони участь?"],
}


@pytest.mark.parametrize("language", CLOSED)
def test_questions_that_yes_or_no_answers_are_told_from_open_ones(language):
    assert {text: judge(text, language) for text in CLOSED[language]} == dict.fromkeys(CLOSED[language], Form.CLOSED)
    assert {text: judge(text, language) for text in OPEN[language]} == dict.fromkeys(OPEN[language], Form.OPEN)


def test_what_is_not_recognised_is_not_warned_of():
    warned = [text for language, texts in UNKNOWN.items() for text in texts if judge(text, language) == Form.CLOSED]
    assert not warned


def test_of_the_toolkits_questions_three_are_yes_or_no_questions():
    rows = json.loads((settings.BASE_DIR / "fixtures" / "focus_group.json").read_text(encoding="utf-8"))
    found = {
        row["fields"]["key"]: judge(row["fields"]["text"], "en") for row in rows if row["model"].endswith(".question")
    }
    assert [key for key, form in found.items() if form == Form.CLOSED] == ["civic-1", "civic-2", "attitudes-2"]
    assert Form.UNKNOWN not in found.values()
