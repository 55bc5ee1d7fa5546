/**
 * The one renderer of a message's text, for stored, streaming and finished text alike.
 * The same text gives the same nodes, in however many pieces it came.
 */

import * as smd from "../../vendor/streaming-markdown/smd.js";
import { MessageTree } from "./message-tree.js";
import { shield, shieldParenthesis } from "./shield.js";

const IN_ADDRESS = /[\x21-\x7e]/;
const PLAIN = /^[^\s!-/:-@[-`{-~\uFDD0-\uFDEF]$|^[.,;:?'"]$/u; // begins and ends no mark
const HELD = new Set([smd.TABLE, smd.TABLE_ROW, smd.LIST_UNORDERED, smd.LIST_ORDERED, smd.RAW_URL]);

export class MessageText {
    #root;
    #tree = null;
    #parser = null;
    #previous = "";
    #ended = false;
    #returned = false;

    /** What is shown, as it was written. */
    text = "";

    constructor(root) {
        this.#root = root;
    }

    /** Shows `text`: appends what is missing; begins anew only where it differs from what stands there. */
    show(text) {
        if (this.#parser && text === this.text) return;
        if (!this.#parser || this.#ended || !text.startsWith(this.text)) this.#begin();
        this.#tree.settle();
        for (const char of text.slice(this.text.length)) this.#add(char);
        this.text = text;
        this.#hint();
    }

    /** Nothing follows: shows what the parser still held back. */
    end() {
        if (this.#ended || !this.#parser) return;
        this.#tree.settle();
        this.#giveUpLink();
        smd.parser_end(this.#parser);
        this.#ended = true;
    }

    #begin() {
        this.#root.replaceChildren();
        this.#tree = new MessageTree(this.#root);
        this.#parser = smd.parser(this.#tree.renderer);
        this.#tree.endsWithBracket = () => this.#parser.pending[0] === "]";
        this.text = "";
        this.#previous = "";
        this.#ended = false;
        this.#returned = false;
    }

    #add(char) {
        const crlf = char === "\n" && this.#returned;
        this.#returned = char === "\r"; // as HTML has it, alone it is a line break too
        if (crlf) return;
        if (this.#returned) char = "\n";
        if (!IN_ADDRESS.test(char)) this.#endAddress(char);
        smd.parser_write(this.#parser, shield(char, this.#previous, char === "_" && this.#underscored()));
        this.#previous = char;
    }

    /** The parser holds back the last character until it knows the next. Most need not wait to be seen. */
    #hint() {
        const { pending, token, tokens, len } = this.#parser;
        if (len > 0 && token === tokens[len] && !HELD.has(token) && PLAIN.test(pending)) this.#tree.hint(pending);
    }

    /** An address in a text without spaces (Chinese, say) ends where ASCII ends. */
    #endAddress(char) {
        this.#giveUpLink();
        const spaced = char === " " || char === "\n";
        if (this.#parser.token === smd.RAW_URL && !spaced) smd.parser_write(this.#parser, "\\");
    }

    /** "[aside](and so on" is no link: without this, the parser would keep the rest of the text to itself. */
    #giveUpLink() {
        const held = this.#parser.pending;
        if (!held.startsWith("](")) return;
        this.#parser.pending = "]";
        smd.parser_write(this.#parser, shieldParenthesis(held.slice(1)));
    }

    #underscored() {
        const open = this.#parser.tokens.subarray(0, this.#parser.len + 1);
        return open.includes(smd.ITALIC_UND) || open.includes(smd.STRONG_UND);
    }
}
