"""What in a premise leads to a stage or a temper, in English and Chinese: patterns."""

from __future__ import annotations

PAPER = (
    r"letter|book|librar|writer|author|poet|archiv|scribe|map|cartograph|translat|post|diary|novel"
    r"|信|书|字|作家|诗|图书|档案|地图|翻译|邮|日记|小说|笔"
)
SEA = (
    r"lighthouse|\bsea\b|ship|sail|island|harbo|fish|pirate|captain|mermaid|ocean|smuggl|diver|ferry"
    r"|灯塔|海|船|岛|港|渔|水手|人鱼|潮|码头|摆渡"
)
WORKSHOP = (
    r"clock|robot|android|machine|engineer|mechanic|invent|repair|toy|automat|cyborg|smith|tinker"
    r"|钟|表匠|机器|机械|工程|发明|修|匠|铁|仿生|人偶|玩具"
)
NIGHT = (
    r"vampire|ghost|grave|death|demon|undertak|haunt|night|dead|necromanc|funeral|devil|angel|shadow"
    r"|吸血|鬼|幽灵|墓|死|魔|殡|夜|亡|影|魂|黑暗"
)
WOODS = (
    r"forest|witch|wol[fv]|druid|herb|\bfox|fair(?:y|ies)|\belf|garden|hunter|ranger|wood|swamp|bee"
    r"|林|巫|狼|狐|草|药|精灵|妖|花|园|猎|山|蜂|森"
)
CITY = (
    r"detective|spy|spies|thief|police|journalis|taxi|lawyer|gangster|\bcit(?:y|ies)|assassin|street|hacker|noir"
    r"|侦探|间谍|贼|偷|警|记者|出租|律师|帮派|城|杀手|街|黑客|当铺"
)
STARS = (
    r"space|\bstars?\b|alien|planet|astronaut|\bmoon|\bmars\b|pilot|galax|starship|rocket|orbit"
    r"|太空|宇航|星|飞船|外星|月|火箭|飞行|银河|轨道"
)
ROADS = (
    r"knight|king|queen|princ|sword|dragon|castle|mage|wizard|soldier|warrior|paladin|sorcer|mercenar|samurai|throne"
    r"|骑士|王|公主|剑|龙|城堡|法师|兵|将|侠|武|军|镖|朝"
)
TABLE = (
    r"cook|chef|bak(?:er|ing)|\binns?\b|inn-?keep|tavern|caf[eé]|\btea|noodle|restaurant|\bbars?\b|barista|kitchen"
    r"|厨|面馆|茶|酒|饭|客栈|咖啡|点心|糕|烘焙|餐|馆|店"
)
CARE = (
    r"teacher|school|student|professor|doctor|nurse|hospital|tutor|medic|surgeon|pharmac|scientist|nun|priest"
    r"|老师|教师|学校|学生|教授|医|护士|病|科学|研究|修女|和尚|道士"
)
ANYWHERE = ""
GRUFF = (
    r"grump|gruff|rude|bitter|cynic|hates?\b|angry|stubborn|retired|veteran"
    r"|暴躁|脾气|倔|冷漠|讨厌|恨|孤僻|退休|退役|老兵|愤"
)
PLAYFUL = (
    r"cheer|happy|funny|joke|pun\b|puns\b|playful|trick|lies\b|liar|mischiev|bard|clown|gambl|thief|fox"
    r"|开朗|快乐|幽默|笑|活泼|调皮|骗|谎|赌|狐|贼|机灵"
)
EXACT = (
    r"strict|teacher|judge|professor|precise|cold|logic|android|robot|machine|butler|detective|scientist|clock"
    r"|严|教师|老师|法官|教授|冷静|理性|机器|管家|侦探|科学|钟|表|仿生"
)
WISTFUL = (
    r"sad|lonely|widow|ghost|haunt|lost|grief|mourn|exile|cursed|dying|vampire|alone|last"
    r"|悲|孤独|寡|幽灵|失去|哀|流亡|诅咒|将死|吸血|独自|最后|遗失|亡"
)
CURIOUS = (
    r"curious|child|girl|boy|young|student|apprentice|explor|scholar|inventor|understand|traveller|scientist"
    r"|好奇|孩|女孩|男孩|少年|少女|学生|学徒|探险|学者|发明|旅人"
)
ANYHOW = ""
