"""PURE: a premise in English, read by its articles, its "who" and its commas."""

from __future__ import annotations

import re

from roleplay.providers.demo.drafting.first_person import ADVERBS
from roleplay.providers.demo.drafting.premise import Premise
from roleplay.providers.demo.phrases import DETERMINERS, EMPTY, FUNCTION, word_set

_LONGEST = 90  # code points of a phrase
_LONGEST_FACT = 200

_BY = r"(?:who|that|which)\s+"
_LEAD = re.compile(
    r"^(?:please\s+)?(?:(?:can|could) you\s+)?"
    r"(?:(?:write|create|make|draft|design|generate|invent|imagine|give|i(?:['’]d| would)? (?:want|like|need))\s+)"
    r"(?:me\s+|us\s+)?(?:up\s+)?(?:(?:a|the|an|some)\s+(?:\w+\s+)?(?:character|person|story|card|bot)\b\s*)?"
    rf"(?:[:,]\s*|{_BY}(?:is\s+)?|about\s+|of\s+|for\s+)?"
    r"|^(?:my|the|this) character\s+(?:is\s+|:\s*)?|^character\s*:\s*|^(?:it|this)(?:['’]s| is)\s+|^about\s+",
    re.IGNORECASE,
)
_PROPER = r"[A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’.-]*|of|the|von|van|de)){0,3}?"
_NOT_A_NAME = r"(?!(?:A|An|The|She|He|They|It|I|My|One|Two|Three|In|On|At|Once|When|There)\b)"
_NAMED = re.compile(
    rf"\s*,?\s*\b(?:called|named)\s+({_PROPER})(?=\s+(?:who|that|is|was|in|on|at|with|and)\b|[,;]|$)"
)
_NAME_FIRST = re.compile(rf"^{_NOT_A_NAME}({_PROPER})(?:,\s+|\s+(?:is|was)\s+)(?=(?:a|an|the|one)\s)")
_NAME_DOES = re.compile(
    rf"^{_NOT_A_NAME}([A-Z][\w'’-]+)\s+(?=(?:is|was|has|had|lives|lived|works|worked|\w+ed)\s)"
)
_ONLY_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’.-]+){1,2}")
_SUBJECT = re.compile(
    r"^(?:she|he|it|they)\s+(?:(?:is|was)\s+(?=(?:a|an|the|one)\s))?|^(?:i['’]m|i am)\s+(?=an?\s)", re.I
)
_SEVERAL = re.compile(
    r"^(?:an?\s+(?:pair|couple|group|band)\s+of|two|three|four|five|several|twin)\b", re.IGNORECASE
)
_OF_ITS_OWN = re.compile(r"\b(?:whose|whom|where|when)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|one|some|someone|somebody|my|his|her|their|our|your)\b", re.IGNORECASE)
_OF_A_PEOPLE = re.compile(
    r"(?:[a-z]{3,}ese|(?:Brit|Ir|Engl|Span|Pol|Dan|Turk|Swed|Finn|Scott|Jew)ish|[A-Z]\w+[ie]an)$"
)

_CLAUSE = re.compile(
    r",?\s+(?:who|that|which)\s+(?!(?:i|you|we|they|he|she|nobody|everybody|everyone|people|the|his|her)\b)",
    re.I,
)
_DOING = re.compile(
    r"\s+(?=\w{2,}ing\s+(?:to|a|an|the|his|her|their|its|for|in|on|at|with|from|after|about|by)\b)"
)
_FINITE = re.compile(
    r"\s+(?=(?:is|was|has|had|wants|lives|runs|keeps|loves|hates|works|guards|collects|needs|can|cannot|must|will|knows"
    r"|believes|thinks|fears|hides|sells|hunts|finds|tries|makes|gets|goes|refuses|dreams|waits|looks|discovers|falls"
    r"|wakes|lost|found|never|always)\s)"
)
_AND_DOES = re.compile(
    r"\s+(?:and|but)\s+(?=(?:(?:\w{3,}ly|never|always|still|often)\s+)?(?:\w+[^su\W]s\s+"
    r"(?!(?:of|in|at|on|for|with|from|by|under|that|who|which|and|or|but|about)\b)|(?:is|has|can|cannot|will|must)\s)\w)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"^(?:with|without|in|from|on|at|by|of|under|near|beneath|aboard)\s", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|at|on|under|aboard|near|beneath|inside|above|below|beside|behind)\s+(?!love\b|debt\b|secret|disguise|fire\b"
    r"|order\b|fact\b|search\b|charge\b|need\b|trouble\b|hiding\b|(?:his|her|their)\s+\w*(?:mind|heart|head|own)\b)"
    r"(?:(?:an?|the|his|her|their|its)\s+)?[\w'’-]+(?:\s+(?!(?:and|or|who|that|which|but|with|to|in|on|at|for|of)\b)[\w'’-]+){0,2}",
    re.IGNORECASE,
)
_BEFORE_NOUN = word_set("of in at on for with from about under by against near into between behind beside")
_BEFORE_VERB = word_set("who that which no longer is was am be been has had can cannot must will could would")
_AGENT = re.compile(r"(?:er|or|ist|smith|wright|monger|owner|doctor|thief)s?$")
_ADJECTIVE = re.compile(
    r"(?:ed|y|ful|ous|al|ic|ish|less|ive|ing|able|ant|ent|ese|an)$|^(?:old|young|tall|blind|mad|lone|sad|kind|poor|rich|wise"
    r"|good|bad|great|small|little|big|dead|late|strict|shy|brave|cruel|gentle|former|two|three|four|five|rude|calm|cold|proud|strange|fake)$",
    re.IGNORECASE,
)


def read(text: str) -> Premise:
    """`text` is of one line a paragraph, without marks of markup."""
    head, *more = re.split(r"(?<=[.!?…])\s+|\s*\n\s*|;\s+", text.strip())
    head = _LEAD.sub("", head.rstrip(".!?… "), count=1).strip(" ,:")
    name, head = _name(head)
    who, deeds = _who_and_deeds(head)
    facts = tuple(_sentence(each) for each in more if " " in each and len(each) <= _LONGEST_FACT)
    role = _role(who)
    runs = (*(run for deed in deeds for run in _things(deed, verb_first=True)), *_hanging(who, role))
    facts_things = (
        thing
        for fact in facts
        for hanging in _PLACE.findall(fact)
        for thing in _things(hanging, verb_first=False)
    )
    return Premise(
        name=name,
        who=who,
        role=role,
        deeds=tuple(deeds),
        facts=facts,
        things=tuple(dict.fromkeys((*runs, *facts_things)))[:4],
        places=tuple(place for part in (who, *deeds) for place in _PLACE.findall(part))[:2],
    )


def _name(head: str) -> tuple[str, str]:
    if match := _NAMED.search(head):
        return match[1], head[: match.start()] + head[match.end() :]
    if match := _NAME_FIRST.match(head):
        return match[1], head[match.end() :]
    if match := _NAME_DOES.match(head):
        return match[1], "she " + head[match.end() :]
    return (head, "") if _ONLY_NAME.fullmatch(head) else ("", head)


def _who_and_deeds(head: str) -> tuple[str, list[str]]:
    if _SEVERAL.match(head):
        return _short(f"one of {_lowered(head)}"), []
    bare = _SUBJECT.sub("", head, count=1)
    if bare != head and not _ARTICLE.match(bare):
        return "", _deeds(bare)
    who, *rest = re.split(r",\s+", _CLAUSE.sub(", who ", bare, count=1))
    for boundary in () if _OF_ITS_OWN.search(who) else (_DOING, _FINITE):
        part, *after = boundary.split(who, maxsplit=1)
        if after and len(part.split()) > 1:
            who, rest = part, [after[0], *rest]
            break
    deeds: list[str] = []
    for part in rest:
        if _ATTACHED.match(part) and not deeds:
            who = f"{who} {part}"
        elif part.strip():
            deeds += _deeds(part)
    return _with_article(who), deeds


def _deeds(part: str) -> list[str]:
    """What stands after "she", for each verb that a clause has."""
    first, *more = _AND_DOES.split(part, maxsplit=1)
    relative = re.match(r"(?:and\s+|but\s+)?(?:who|that|which)\s+", first, re.IGNORECASE)
    bare = re.sub(r"^(?:(?:and|but|or|so|who|that|which)\s+)+", "", first.strip(), flags=re.IGNORECASE)
    adverbs = match[0] if (match := ADVERBS.match(bare)) else ""
    verb = bare[len(adverbs) :].partition(" ")[0].lower()
    finite = re.search(r"[^su]s$|^(?:is|was|has|had|can|cannot|must|will|would|could|lost|found)$", verb)
    if not bare:
        return []
    deed = _short(_lowered(bare) if relative or finite else f"is {_lowered(bare)}")
    return [deed, *(each for one in more for each in _deeds(f"who {one}"))]


def _with_article(who: str) -> str:
    who = who.strip(" ,")
    if not who or _ARTICLE.match(who):
        return _short(_lowered(who))
    if not who[0].isalpha() or not who[0].isascii():
        return _short(who)
    bare = who if _OF_A_PEOPLE.search(who.split()[0]) else _lowered(who)
    return _short(f"{'an' if bare[0].lower() in 'aeiou' else 'a'} {bare}")


def _role(who: str) -> str:
    """The article and the words up to what hangs on them: "a retired lighthouse keeper"."""
    words = who.split()
    end = next(
        (at for at, word in enumerate(words) if at > 1 and word.lower() in FUNCTION | DETERMINERS), len(words)
    )
    return " ".join(words[:end]) if 2 <= end <= 5 else ""


def _hanging(who: str, role: str) -> list[str]:
    """The things behind a role, and the one in it: of a lighthouse keeper, the lighthouse."""
    things = _things(who.removeprefix(role), verb_first=False) if role else []
    *_, before, agent = ("", "", *role.split())
    if (
        _AGENT.search(agent)
        and before.lower() not in DETERMINERS
        and not _ADJECTIVE.search(before)
        and before
    ):
        things.append(f"the {before}")
    return things


def _things(text: str, *, verb_first: bool) -> list[str]:
    """The runs of words between words of function, without the verbs that begin them."""
    words = re.findall(r"[\w'’-]+|[,.]", ADVERBS.sub("", text) if verb_first else text)
    stops = FUNCTION | DETERMINERS | {",", "."}
    things: list[str] = []
    run: list[str] = []
    before = "" if verb_first else "of"
    for word in (*words, "."):
        if word.lower() in stops:
            if thing := _thing(before, run):
                things.append(thing)
            before, run = word.lower(), []
        else:
            run.append(word)
    return things


def _thing(before: str, run: list[str]) -> str:
    """`before` is the word in front of the run: after an article there is no verb in it."""
    if before in _BEFORE_VERB:
        return ""
    if before not in DETERMINERS and before not in _BEFORE_NOUN:
        run = run[1:] if before in ("", "to") or (run and re.search(r"[^su]s$", run[0])) else run
    if not run or len(run) > 4 or run[-1].lower() in EMPTY or re.search(r"(?:ed|ly|ing)$", run[-1]):
        return ""
    phrase = " ".join(run)
    definite = before in DETERMINERS or re.search(r"[^sui]s$", run[-1])
    return phrase if run[-1][0].isupper() and before not in DETERMINERS or not definite else f"the {phrase}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def _lowered(text: str) -> str:
    """Without the capital of a sentence's beginning; one that stands in a word stays."""
    first = text.split(" ", 1)[0]
    return text if first != first.capitalize() or first == "I" else text[:1].lower() + text[1:]


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",")
