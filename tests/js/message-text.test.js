import assert from "node:assert/strict";
import { test } from "node:test";

import { MessageText } from "../../static/js/models/message-text.js";
import { newRoot } from "./support/document.js";
import { randomNumbers } from "./support/random.js";

function rendered(text) {
    const root = newRoot();
    const shown = new MessageText(root);
    shown.show(text);
    shown.end();
    return root;
}

const LINK = "rel=noopener noreferrer nofollow target=_blank";
const CASES = {
    "actions are soft and speech is marked": [
        "*He turns.* “Sit down.” Then", "<p><em>He turns.</em> <q>“Sit down.”</q> Then</p>",
    ],
    "an action within speech stays within it": [
        '"Hello *there* you" he said', '<p><q>"Hello <em>there</em> you"</q> he said</p>',
    ],
    "speech ends with its action, where it was not closed before": [
        "*he says “so* and", "<p><em>he says <q>“so</q></em> and</p>",
    ],
    "speech that ends within an action begins no second one": [
        "“a *b” c* d", "<p><q>“a <em>b” c</em></q> d</p>",
    ],
    "Chinese and Japanese marks are speech": [
        "他说：「你好」又『再见』", "<p>他说：<q>「你好」</q>又<q>『再见』</q></p>",
    ],
    "the marks of other languages are speech": [
        "«Salut» „Hallo“ »so«", "<p><q>«Salut»</q> <q>„Hallo“</q> <q>»so«</q></p>",
    ],
    "speech does not run into the next paragraph": [
        "“one\n\ntwo", "<p><q>“one</q></p><p>two</p>",
    ],
    "inches open no speech": ["6'2\" tall", "<p>6'2\" tall</p>"],
    "a lone line break is a line break": ["one\ntwo", "<p>one<br></br>two</p>"],
    "a carriage return is none": ["one\r\ntwo", "<p>one<br></br>two</p>"],
    "HTML is text": ["<b>x</b> <br> &amp;", "<p><b>x</b> <br> &amp;</p>"],
    "dollars are no equation": ["$lots and \\(x\\)", "<p>$lots and (x)</p>"],
    "an underscore within a word is a letter": ["a_b_c _so_", "<p>a_b_c <em>so</em></p>"],
    "a link opens elsewhere": ["[x](https://a.b/c)", `<p><a href=https://a.b/c ${LINK}>x</a></p>`],
    "a mail address is a link": ["[x](mailto:a@b.c)", `<p><a href=mailto:a@b.c ${LINK}>x</a></p>`],
    "a script is no link": ["[x](javascript:alert)", "<p><a>[x](javascript:alert)</a></p>"],
    "an address within this site is no link": ["[x](/accounts/logout/)", "<p><a>[x](/accounts/logout/)</a></p>"],
    "a picture is not loaded": ["![x](https://a.b/c.png)", "<p>![x](https://a.b/c.png)</p>"],
    "brackets that are no link stay": ["[OOC: hi] so", "<p><a>[OOC: hi]</a> so</p>"],
    "a link that never ends swallows nothing": ["[x](他走了\n\n又来", "<p><a>[x]</a>(他走了</p><p>又来</p>"],
    "a link that is cut off is shown": ["[x](https://a", "<p><a>[x]</a>(https://a</p>"],
    "an address ends where Chinese begins": [
        "see https://a.b。好", `<p>see <a href=https://a.b ${LINK}>https://a.b</a>。好</p>`,
    ],
    "a heading is no heading of the page": ["# Title", "<p class=heading>Title</p>"],
    "code holds no speech": ['`say "x"`', '<p><code>say "x"</code></p>'],
    "tasks are text": ["- [x] done", "<ul><li><span>☑ </span> done</li></ul>"],
    "tables are tables": [
        "|a|\n|-|\n|b|\n", "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
    ],
};

for (const [name, [text, markup]] of Object.entries(CASES)) {
    test(name, () => assert.equal(rendered(text).inner, markup));
}


test("text in pieces gives the nodes of the whole text, wherever it is cut", (context) => {
    context.mock.method(console, "assert", () => {}); // the parser remarks on odd tables
    const random = randomNumbers(7);
    const pieces = [
        "*", "**", "_", "`", "```\n", "\n", "\n\n", " ", "    ", "“", "”", '"', "「", "」", "[", "](", ")", "<br>",
        "$", "\\", "# ", "- ", "1. ", "> ", "|", "|-|\n", "~~", "http://", "h", "a", "字", "😀", "!", "---\n", "[x] ",
        "\ud83d", "\u0301", "\u200d", "\u202e",
    ];
    for (let round = 0; round < 3000; round += 1) {
        const text = Array.from({ length: 1 + random(40) }, () => pieces[random(pieces.length)]).join("");
        const points = [...text];
        const root = newRoot();
        const shown = new MessageText(root);

        for (let at = 0; at < points.length;) {
            at += 1 + random(5);
            shown.show(points.slice(0, at).join(""));
        }
        shown.end();

        assert.equal(root.inner, rendered(text).inner, JSON.stringify(text));
    }
});

test("a character is seen before the next one comes", () => {
    const root = newRoot();
    const shown = new MessageText(root);

    shown.show("“And nobody is near");

    assert.equal(root.textContent, "“And nobody is near");
});

test("the first letter of a new line does not stand on the old one", () => {
    const root = newRoot();
    const shown = new MessageText(root);

    shown.show("one\nt");

    assert.equal(root.textContent, "one");
});

test("more text is appended to the nodes that stand there", () => {
    const root = newRoot();
    const shown = new MessageText(root);
    shown.show("“Sit");
    const paragraph = root.firstChild;

    shown.show("“Sit down.”");
    shown.end();

    assert.equal(root.firstChild, paragraph);
    assert.equal(root.inner, "<p><q>“Sit down.”</q></p>");
});

test("a text that differs is shown anew", () => {
    const root = newRoot();
    const shown = new MessageText(root);
    shown.show("one two");

    shown.show("one three");
    shown.end();

    assert.equal(root.inner, "<p>one three</p>");
});

test("text that follows an end is shown as a whole", () => {
    const root = newRoot();
    const shown = new MessageText(root);
    shown.show("*so");
    shown.end();

    shown.show("*so* it");
    shown.end();

    assert.equal(root.inner, "<p><em>so</em> it</p>");
});

test("what is nested too deep for the parser still shows its text", () => {
    const root = rendered(`${"> ".repeat(100)}deep`);

    assert.match(root.textContent, /p$/);
});
