"""PURE: a premise in Chinese, read by its 的, its measure words and its commas."""

from __future__ import annotations

import re

from roleplay.providers.demo.drafting.premise import Premise

_LONGEST = 40  # code points of a phrase
_LONGEST_FACT = 80

_HAN = r"[\u3400-\u9fff]"
_LEAD = re.compile(
    r"^(?:请|麻烦)?你?(?:(?:帮|给|替)我)?(?:我?(?:想要|想写|要|需要|希望)|写|创作|创建|设计|生成|做|来)"
    r"(?:一?个(?:角色|人物)卡?|(?:角色|人物)卡?|(?=一))(?:[：:，,是]|关于)?"
    r"|^(?:这个|我的)?(?:角色|人物)(?:是|：|:|叫)?|^关于"
)
_MEASURE = r"(?:个|位|名|只|条|头|匹|尊|把|株|对|群|艘|台|家|座|棵|间)"
_COUNT = re.compile(rf"^(?:是)?(?:一|这|那|某)?{_MEASURE}(?={_HAN}{{2}})|^是(?=一|位|名)")
_NAMED = re.compile(rf"(?:名叫|叫做|名为|叫作|叫)({_HAN}{{1,4}}?)(?=的|，|,|$)的?")
_NAME_FIRST = re.compile(rf"^({_HAN}{{2,4}}?)(?:[，,]|是)(?=(?:一|某)?{_MEASURE})")
_ONLY_NAME = re.compile(
    r"[赵钱孙李周吴郑冯陈沈韩杨朱秦许何吕张曹严魏陶姜谢邹苏潘范彭鲁韦俞袁薛贺倪罗郝傅顾孟尹姚邵汪梁杜林徐邱陆蔡卢邓崔程裴]"
    r"[\u3400-\u9fff]{1,2}"
)
_SUBJECT = re.compile(r"^(?:[他她它](?!的)|我(?!的))")
_JOINED = re.compile(r"^(?:但是?|可是?|却|而且|并且|同时|于是|然后|不过|并|还|也|又)+(?=..)|^[他她它](?!的)")
_DEED = re.compile(
    r"^(?:会|能|在|爱|想|不|总|从|曾|没|只|每|靠|为|替|被|把|正|住|喜欢|害怕|相信|失去|寻找|收集|收藏|守|开|养|修|卖|写)"
)
_BEFORE_VERB = r"(?:如今|现在|会|能|想|要|总是?|常常?|经常|从来?不|从不|不再?|曾经?|一直|正在?|只|独自|悄悄|偷偷|专门|还在?|仍在?|每[天晚夜年])*"
_VERB = (
    r"(?:没有|收集|收藏|经营|修理|修补|看守|看管|守护|寻找|寻觅|追寻|追查|调查|研究|贩卖|制作|打捞|翻译|抄写|照顾|照看|管理|拒绝"
    r"|记录|拥有|带着|背着|害怕|讨厌|喜欢|热爱|爱上|失去|弄丢|忘记|忘了|记得|保护|背叛|等待|相信|想念|怀念|逃离|离开|学会|学习"
    r"|扮演|驾驶|绘制|雕刻|传递|递送|爱|恨|怕|开|修|养|守|找|写|卖|画|藏|丢|等|讲|做|种|织|酿|煮|送|偷|骗|杀|猎|弹|唱|听|看|读|教|喂|补|刻)"
)
_OBJECT = re.compile(
    rf"^{_BEFORE_VERB}(?:[在替给为把从]{_HAN}{{1,8}}?)?{_BEFORE_VERB}{_VERB}[着了过]?(?:(?:一|两|几|半|这|那)?(?:{_MEASURE}|本|封|些))?"
    rf"({_HAN}{{1,12}})$"
)
_PLACE = re.compile(
    r"在((?:(?![开修卖做写等，。在])[\u3400-\u9fff]){1,9}?(?:里|上|中|边|下|旁|内|外|底|城|镇|岛|海|山|店|馆|铺|楼|塔|院|校|星球|市|街|巷|村|号)[里上中下内外边]?)"
)
_AGENT = re.compile(
    r"(?:看守人|看守|守护者|守夜人|管理员|管理人|猎人|医生|师傅|店主|店长|老板娘?|掌柜|商人|商|收藏家|修理工|修理师|司机|船长|学徒|教师|老师|骑士|匠|师)$"
)
_AGE = r"^(?:退休|退役|年轻|年老|年迈|古老|老|小|大|女|男|前|美丽|神秘|孤独|温柔|失业|流浪|盲|哑|瞎眼|独眼|落魄)+的?"


def read(text: str) -> Premise:
    head, *more = re.split(r"[。！？!?\n…；;]+", text.strip())
    head = _LEAD.sub("", head.strip(), count=1).strip("，,：: ")
    name, head = _name(head)
    who, *rest = re.split(r"[，,、]", head)
    subject = _SUBJECT.match(who)
    who = _COUNT.sub("", _SUBJECT.sub("", who, count=1), count=1)
    who, role, done = (
        (_role(who) if len(who) <= _LONGEST else ("", "", [])) if not subject else ("", "", [who])
    )
    deeds = [deed for each in (*done, *rest) if (deed := _JOINED.sub("", each.strip()))][:4]
    deeds = [
        deed
        for each in deeds
        if len(deed := _COUNT.sub("是一位", each) if _COUNT.match(each) else each) <= _LONGEST
    ]
    facts = tuple(f"{each.strip()}。" for each in more if 4 <= len(each.strip()) <= _LONGEST_FACT)
    things = [thing for deed in deeds if (thing := _thing(deed))] + _of_role(role)
    return Premise(
        name=name,
        who=who[:_LONGEST],
        role=role,
        deeds=tuple(deeds),
        facts=facts,
        things=tuple(
            dict.fromkeys(things or [f"{deed.removeprefix('会')}这件事" for deed in deeds if len(deed) <= 10])
        ),
        places=tuple(place for part in (head, *more) for place in _PLACE.findall(part))[:2],
    )


def _name(head: str) -> tuple[str, str]:
    if match := _NAME_FIRST.match(head):
        return match[1], head[match.end() :]
    if match := _NAMED.search(head):
        return match[1], (head[: match.start()] + head[match.end() :]).strip("，,")
    return (head, "") if _ONLY_NAME.fullmatch(head) else ("", head)


def _role(who: str) -> tuple[str, str, list[str]]:
    """Who it is, the role alone, which stands behind the last 的, and what is told in front of it if that is a deed."""
    told, _, role = who.rpartition("的")
    if not 1 <= len(role) <= 10:
        return who, "", []
    if len(told) >= 3 and (_DEED.match(told) or _OBJECT.match(told)):
        return role, role, [told]
    return who, role, []


def _thing(deed: str) -> str:
    match = _OBJECT.match(deed)
    if match:
        return match[1]
    place = _PLACE.search(deed)
    return re.sub(r"[里上中边下旁内外底]$", "", place[1]) if place else ""


def _of_role(role: str) -> list[str]:
    """Of a 灯塔看守人, the 灯塔."""
    thing = _AGENT.sub("", re.sub(_AGE, "", role))
    return [thing] if thing != re.sub(_AGE, "", role) and len(thing) >= 2 else []
