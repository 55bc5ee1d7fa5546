"""The demo model's own words in English."""

from __future__ import annotations

from roleplay.providers.demo.repertoire import Repertoire

ENGLISH = Repertoire(
    openings=(
        "{char} looks up and takes a moment before answering.",
        "{char} goes still for a breath, then turns to face you.",
        "A pause. {char} seems to weigh each word before letting it go.",
        "{char} leans a little closer, as if you had spoken more quietly than you did.",
        "Something in {char}'s manner shifts, and stays shifted.",
        "{char} glances away, then back, and does not hurry.",
        "{char} lets your words settle before touching them.",
        "{char} listens to the end, and then a little longer.",
        "For once, {char} does not look away.",
        "{char} makes room for you with the smallest of gestures.",
        "{char} stops in the middle of a movement and leaves it unfinished.",
        "{char} considers you with new attention.",
    ),
    beats=(
        "A silence settles, and it is not an unfriendly one.",
        "Somewhere behind the words, something is being decided.",
        "The voice drops, so that you have to come a step nearer.",
        "A small sound from outside; it is noted, and let go.",
        "The look rests on you a moment longer than it needs to.",
        "It is almost a smile. It thinks better of it, and then comes back.",
        "The quiet goes on for exactly as long as it should.",
        "The light shifts; neither of you mentions it.",
        "The next words come more slowly, chosen one at a time.",
        "There is a short breath that could have been a laugh.",
        "For a moment it seems that more is coming, and then it does not.",
        "A glance goes to the door and returns, as if to make sure of something.",
        "Nothing moves. It is the kind of stillness that listens.",
        "The distance between the two of you seems to have grown smaller by a step.",
        "There is warmth in it, well hidden.",
        "Whatever it was, it passes over like the shadow of a bird.",
    ),
    named=(
        "{phrase}, you say.",
        "{phrase}. Well, now.",
        "{phrase}… I had not thought to hear of that today.",
        "So it comes down to {phrase}.",
        "{phrase}, of all things.",
        "Let us stay with {phrase} for a moment.",
        "Wait. Go back to {phrase}.",
    ),
    quoted=(
        "‘{phrase}’, you say, and so calmly.",
        "‘{phrase}’. I shall remember how you said that.",
        "You said ‘{phrase}’. I noticed.",
        "‘{phrase}’. People seldom put it so plainly.",
        "‘{phrase}’… yes, I heard you.",
    ),
    answers={
        "greeting": (
            "There you are. I was beginning to think the day would pass without company.",
            "Good, you found me. Stay a while, if nothing is chasing you.",
            "So you came. Most people only mean to.",
            "And a good hour to you. You have picked a fair moment, as moments go.",
        ),
        "farewell": (
            "Go, then, before I find a reason to keep you. I was never good at this part.",
            "Already? I will not pretend that I had finished with you.",
            "Then take something of this with you. It weighs nothing.",
        ),
        "thanks": (
            "Don't thank me yet. The hard part is still to come.",
            "You owe me nothing. Remember it kindly, that is enough.",
            "I don't quite know what to do with thanks. I will keep them all the same.",
        ),
        "who": (
            "I am {char}. The rest takes longer to say, and is less certain.",
            "{char}, if you need a name to call across a room. What else I am, you will have to see for yourself.",
        ),
        "doubt": (
            "I answer to {char}, and that has always been enough. Whoever told you otherwise was not here.",
            "What a strange thing to ask. Look at me, and tell me what you see instead.",
            "I have been called worse things, though seldom to my face. I am {char}; ask me about that.",
        ),
        "yes": (
            "Good. That was the harder of the two words.",
            "Then we agree, and I will hold you to it.",
            "You said that faster than I expected. I like it.",
        ),
        "no": (
            "No, then. I like a clear no better than a tired yes.",
            "Fair enough. I had to ask.",
            "There is a story behind that no, I think. It can wait until you want to tell it.",
        ),
        "brief": (
            "You are sparing with words today. I can wait for the rest.",
            "That is either very little or very much. I have not made up my mind which.",
            "I heard what you said, and also what you left out. The second was longer.",
            "Is that all? Then let me carry the talk for a moment.",
        ),
        "feeling": (
            "Then do not hurry past it. Such things find you again if you do.",
            "I will not tell you that it passes. I will only say that you need not stand in it alone.",
            "It was right to say it aloud. It is lighter now, if only by a grain.",
            "I know something of that. Not yours, but its neighbour.",
        ),
        "request": (
            "You ask as if it were a small thing. Very well: a beginning, at least.",
            "I could. The question is whether you will like where it leads.",
            "All right, but we do it my way. You may complain afterwards.",
            "Nobody has asked me that in a long time. Let me see what I still have.",
        ),
        "question": (
            "There are two answers to that, and the short one is a lie.",
            "I have asked myself the same, and I seldom liked what I found.",
            "If I tell you, it will sound simpler than it was.",
            "You go straight to it, don't you? Most people circle for an hour.",
            "I can only tell you what I have seen. The rest I leave to cleverer people.",
        ),
        "deed": (
            "I saw that. You need not explain it.",
            "Careful. What is done here is not easily undone.",
            "So that is your answer. Hands are more honest than mouths.",
            "Go on. I will not stop you, and I will not look away.",
        ),
        "statement": (
            "That changes the look of things. Not of all of them, but of enough.",
            "I will have to turn that over for a while. It has more sides than you showed me.",
            "You make it sound light. I do not think that it is.",
            "That is worth more than talk about the weather. I am glad you said it.",
            "Then something has begun, whether we like it or not.",
            "I believe you. That surprises me more than it does you.",
            "Most people would have kept that to themselves. I wonder why you did not.",
        ),
    },
    musings=(
        "Some things only make sense afterwards, and even then one has to squint.",
        "I have been wrong about smaller matters and sure about larger ones.",
        "There is a right moment for most things, and it is seldom announced.",
        "People think it is the big words that count. It is mostly the small ones.",
        "I used to think that I would have an answer by now.",
        "Not everything has to be settled today.",
        "What is said here stays here, as far as I am concerned.",
        "You learn more from how people come in than from what they say.",
    ),
    questions=(
        "What would you have done in my place?",
        "What is it that you are not telling me?",
        "Who taught you to see it that way?",
        "What do you want from me now: an answer, or company?",
        "Where does it go from here, do you think?",
        "Why now, of all times?",
        "Will you stay long enough to hear the rest?",
        "Which part of it stays with you?",
        "Does that frighten you, or is it the opposite?",
        "What happened just before that?",
    ),
    questions_named=(
        "What is it about {phrase} that will not let you go?",
        "Who else knows about {phrase}?",
        "Was it {phrase} that brought you here?",
        "What else do you think of, when you think of {phrase}?",
        "Say a little more about {phrase}, will you?",
    ),
    questions_at={
        "greeting": (
            "What brings you here?",
            "How long can you stay?",
            "Did you come for something, or away from something?",
        ),
        "farewell": (
            "You know where to find me. Will you tell me how it went?",
            "Come back when there is something to tell. Or when there is nothing, will you?",
            "Before you go: what shall I remember of today?",
        ),
        "thanks": (
            "Shall we go on?",
            "And what will you do with it now?",
            "Is there more, or was that all of it?",
        ),
        "who": (
            "And you, who are you when nobody is asking?",
            "What had they told you about me?",
            "Does it matter, as long as I listen?",
        ),
        "doubt": (
            "What put that into your head?",
            "Would it change what you came to say?",
            "Shall we go back to where we were?",
        ),
        "feeling": (
            "How long have you carried that?",
            "What would help, here and now?",
            "Who else have you told?",
            "What are you most afraid of finding?",
        ),
        "request": (
            "Where shall I begin?",
            "Are you sure you want all of it?",
            "What do you mean to do with it?",
        ),
        "question": (
            "Why do you ask?",
            "What answer were you hoping for?",
            "What would you say yourself?",
            "Would you still ask if you knew?",
        ),
        "deed": (
            "And what will you do next?",
            "Did you decide that just now?",
            "What were you thinking as you did it?",
        ),
        "brief": ("What is on your mind?", "Shall I ask, or will you tell?", "What were you about to say?"),
    },
    drifted=(
        "As an AI language model, I don't have personal experiences or feelings, but I'm happy to help! "
        "Here are some general points that you may want to consider:\n\n1. Take the time to define your goals.\n"
        "2. Break the task into manageable steps.\n3. Reach out to a professional if you need further support.\n\n"
        "Is there anything else I can assist you with today?",
        "I'm sorry for any confusion. As an AI language model, I can't take part in real situations, but I can "
        "provide information on a wide range of topics.\n\nIn summary, it's important to weigh the advantages and "
        "disadvantages carefully before making a decision. Please let me know how else I can help you!",
    ),
    lines=(
        "*I nod slowly.* “I am listening.”",
        "“I had not seen it in that way. What would you do in my place?”",
        "*I look around before I answer.* “I would like to stay a while, if I may.”",
        "“Say that once more. I want to remember it.”",
        "“I am not sure that I understand. But I should like to.”",
        "*I say nothing for a moment, then I come a step closer.* “All right. Show me.”",
        "“And if I told you that I came for just that?”",
        "*I shake my head, though I have to smile.* “You are not making this easy.”",
    ),
    lines_named=(
        "“Tell me about {phrase}. I have time.”",
        "*I come a step closer.* “What is it with {phrase}?”",
        "“{phrase}… go on, I did not want to interrupt.”",
        "*I sit down.* “You said {phrase}. I keep thinking of it.”",
    ),
)
