/**
 * Builds the nodes of a message: a renderer for streaming-markdown that adds speech, restores brackets
 * that were no link, lets only safe links through and never loads a picture.
 */

import * as smd from "../../vendor/streaming-markdown/smd.js";
import { unshield } from "./shield.js";
import { closesSpeech, opensSpeech } from "./speech.js";

const TAGS = {
    [smd.PARAGRAPH]: "p", [smd.LINE_BREAK]: "br", [smd.RULE]: "hr", [smd.BLOCKQUOTE]: "blockquote",
    [smd.ITALIC_AST]: "em", [smd.ITALIC_UND]: "em", [smd.STRONG_AST]: "strong", [smd.STRONG_UND]: "strong",
    [smd.STRIKE]: "s", [smd.CODE_INLINE]: "code", [smd.LINK]: "a", [smd.RAW_URL]: "a", [smd.CHECKBOX]: "span",
    [smd.LIST_UNORDERED]: "ul", [smd.LIST_ORDERED]: "ol", [smd.LIST_ITEM]: "li",
    [smd.TABLE]: "table", [smd.TABLE_ROW]: "tr",
};
const HEADINGS = new Set([
    smd.HEADING_1, smd.HEADING_2, smd.HEADING_3, smd.HEADING_4, smd.HEADING_5, smd.HEADING_6,
]);
const WITHOUT_SPEECH = new Set([smd.CODE_BLOCK, smd.CODE_FENCE, smd.CODE_INLINE, smd.RAW_URL]);
const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

export class MessageTree {
    #document;
    #frames;
    #hint = null;
    #previous = "";

    constructor(root) {
        this.#document = root.ownerDocument;
        this.#frames = [{ node: root }];
    }

    /** The interface that streaming-markdown asks for. */
    get renderer() {
        return {
            data: this,
            add_token: (tree, token) => tree.#open(token),
            end_token: (tree) => tree.#close(),
            add_text: (tree, text) => tree.#write(unshield(text)),
            set_attr: (tree, name, value) => tree.#describe(name, unshield(value)),
        };
    }

    /** Shows text that is not decided yet, until `settle`. */
    hint(text) {
        this.#hint = this.#top.node.appendChild(this.#document.createTextNode(text));
    }

    settle() {
        this.#hint?.remove();
        this.#hint = null;
    }

    /** How the link that ends now ends: told by the parser's pending text. */
    endsWithBracket = () => false;

    get #top() {
        return this.#frames.at(-1);
    }

    #open(token) {
        const parent = this.#top;
        this.#previous = "";
        if (token === smd.CODE_BLOCK || token === smd.CODE_FENCE) {
            const pre = parent.node.appendChild(this.#document.createElement("pre"));
            this.#push(pre, "code", { token });
        } else if (token === smd.TABLE_CELL) {
            this.#push(parent.node, parent.first ? "th" : "td", { token });
        } else if (HEADINGS.has(token)) {
            this.#push(parent.node, "p", { token }).setAttribute("class", "heading");
        } else {
            this.#push(parent.node, TAGS[token], { token, first: !parent.node.firstChild });
        }
        if (token === smd.LINK) this.#append("[");
        if (token === smd.CHECKBOX) this.#append("☐ ");
    }

    #close() {
        while (this.#top.speech) this.#frames.pop();
        const frame = this.#top;
        if (frame.token === smd.LINK && !frame.address && this.endsWithBracket()) this.#append("]");
        this.#frames.pop();
        while (this.#top.said) this.#frames.pop();
        this.#previous = "";
    }

    #write(text) {
        if (WITHOUT_SPEECH.has(this.#top.token)) {
            this.#append(text);
            return;
        }
        let plain = "";
        for (const char of text) {
            const speech = this.#frames.findLast((frame) => frame.speech && !frame.said);
            if (speech && closesSpeech(char, speech.speech)) {
                this.#append(plain + char);
                plain = "";
                if (speech === this.#top) this.#frames.pop();
                else speech.said = true;
            } else if (!speech && opensSpeech(char, this.#previous)) {
                this.#append(plain);
                this.#push(this.#top.node, "q", { speech: char });
                plain = char;
            } else {
                plain += char;
            }
            this.#previous = char;
        }
        this.#append(plain);
    }

    #describe(name, value) {
        const { node, token } = this.#top;
        if (name === smd.START && /^\d{1,9}$/.test(value)) node.setAttribute("start", value);
        if (name === smd.CHECKED) node.firstChild.data = "☑ ";
        if (name === smd.HREF) this.#link(node, token, value);
    }

    #link(node, token, address) {
        const bracketed = token === smd.LINK;
        if (!allowed(address)) {
            if (bracketed) this.#append(`](${address})`);
        } else {
            if (bracketed) node.firstChild.data = node.firstChild.data.slice(1);
            node.setAttribute("href", address);
            node.setAttribute("rel", "noopener noreferrer nofollow");
            node.setAttribute("target", "_blank");
        }
        this.#frames.findLast((frame) => frame.node === node).address = address;
    }

    #push(parent, tag, frame) {
        const node = parent.appendChild(this.#document.createElement(tag));
        this.#frames.push({ ...frame, node });
        return node;
    }

    #append(text) {
        if (!text) return;
        const { node } = this.#top;
        if (node.lastChild?.nodeType === 3) node.lastChild.appendData(text);
        else node.appendChild(this.#document.createTextNode(text));
    }
}

function allowed(address) {
    try {
        return PROTOCOLS.has(new URL(address).protocol);
    } catch {
        return false; // no address at all, or one within this site
    }
}
